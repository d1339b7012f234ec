/** Counts over fewer entries are quick enough to be made anew each time. */
const LARGE = 20_000;
/** Older counts are not shown; younger ones are, while new ones are made. */
const MAX_AGE_MS = 60_000;
const FRESH_MS = 2000;
const KEPT = 200;

interface Kept<T> {
  at: number;
  value: T;
  renewing: boolean;
}

/**
 * Counts over a large table that are shown at once and made anew behind: a facet may be a minute behind, a list may not
 * wait for it. Small tables are always counted afresh.
 */
export class FacetCache<T extends { total: number }> {
  private readonly kept = new Map<string, Kept<T>>();

  async get(key: string, now: number, count: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known && now - known.at < MAX_AGE_MS) {
      if (now - known.at > FRESH_MS && !known.renewing) {
        known.renewing = true;
        // A failure is told by the call that finds the counts too old.
        void count().then(
          (value) => this.keep(key, now, value),
          () => {
            known.renewing = false;
          },
        );
      }
      return known.value;
    }
    const value = await count();
    this.keep(key, now, value);
    return value;
  }

  /** What is narrow is kept too once a table is known to be large: narrowing is what takes long. */
  private keep(key: string, now: number, value: T): void {
    this.kept.delete(key);
    if (value.total >= LARGE) this.isLarge = true;
    if (!this.isLarge) return;
    this.kept.set(key, { at: now, value, renewing: false });
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string);
  }

  private isLarge = false;
}
