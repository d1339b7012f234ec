const SLICE_MS = 10;

/**
 * Long work in short pieces: of each turn of the event loop it takes some 10 ms, then everything else has its turn, health
 * probes first of all. All work of one instance shares these, so that many callers together do not take longer than one.
 */
export class TimeSlices {
  readonly #clock: () => number;
  #row: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** When the work of this turn began; null before. */
  #since: number | null = null;

  /** `clock`: milliseconds that never jump. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  get #isOver(): boolean {
    if (this.#since === null) {
      this.#since = this.#clock();
      setImmediate(() => {
        this.#since = null;
      });
    }
    return this.#clock() - this.#since > SLICE_MS;
  }

  async #inTurn<I, O>(items: readonly I[], work: (item: I) => O): Promise<O[]> {
    const results: O[] = [];
    for (const item of items) {
      while (this.#isOver) await new Promise((resolve) => setImmediate(resolve));
      results.push(work(item));
    }
    return results;
  }

  /** `work` of each item in order. @throws whatever `work` throws, at its item. */
  async map<I, O>(items: readonly I[], work: (item: I) => O): Promise<O[]> {
    // The detour over the row costs more than the work on one small report.
    if (items.length === 1 && this.#waiting === 0 && !this.#isOver) return [work(items[0]!)];
    this.#waiting++;
    const done = this.#row.then(() => this.#inTurn(items, work));
    this.#row = done.catch(() => {}).then(() => this.#waiting--);
    return done;
  }
}

/** The one row of all that capture does between receiving a request and waiting for the database. */
export const captureWork = new TimeSlices();
