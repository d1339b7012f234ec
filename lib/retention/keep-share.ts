/** How the stored events of a crowded issue are shared out: how it began, how it is now, and a spread of what was between. */
export interface KeepShare {
  first: number;
  latest: number;
  between: number;
}

/** The shares of `cap` events, 10 at least; together they are `cap`. */
export function shareOut(cap: number): KeepShare {
  const first = Math.floor(cap / 10);
  const latest = Math.floor(cap / 2);
  return { first, latest, between: cap - first - latest };
}
