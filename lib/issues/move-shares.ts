/**
 * Events that are counted but no longer stored (retention, sampling, a full issue): nobody knows any more which grouping
 * they had. What a merged issue's ledger does not claim of them stays. Hours are ms of their start.
 */

type Hours = ReadonlyMap<number, number>;

/** How many such events two issues have, once some moved from the one into the other. */
export interface Dropped {
  from: number;
  into: number;
}

const at = (hours: Hours, hour: number): number => hours.get(hour) ?? 0;

export const sumOf = (hours: Hours): number => [...hours.values()].reduce((sum, count) => sum + count, 0);

/** Events by hour that are counted, but not stored. Never negative. */
export function droppedHours(counted: Hours, stored: readonly Hours[]): Map<number, number> {
  const dropped = new Map<number, number>();
  for (const [hour, count] of counted) {
    const missing = count - stored.reduce((sum, each) => sum + at(each, hour), 0);
    if (missing > 0) dropped.set(hour, missing);
  }
  return dropped;
}

/**
 * Which of the dropped events are those of a merged issue: the ones that were no longer stored at the merge, and of the
 * stored ones (`rows`) as many as there are too few now. Never more than were dropped: where all events are stored, what
 * is theirs follows from them alone, whatever the ledger says.
 */
export function claimDropped(
  dropped: Hours,
  ledger: { counted: Hours; rows: Hours },
  stored: Hours,
): Map<number, number> {
  const claimed = new Map<number, number>();
  for (const [hour, missing] of dropped) {
    const rows = at(ledger.rows, hour);
    const before = Math.max(0, at(ledger.counted, hour) - rows);
    const since = Math.max(0, rows - at(stored, hour));
    const share = Math.min(missing, before + since);
    if (share > 0) claimed.set(hour, share);
  }
  return claimed;
}

export function addUp(a: Hours, b: Hours): Map<number, number> {
  const sum = new Map(a);
  for (const [hour, count] of b) sum.set(hour, at(sum, hour) + count);
  return sum;
}
