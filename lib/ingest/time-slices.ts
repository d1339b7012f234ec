const SLICE_MS = 15;

/**
 * Long work in short pieces: after some 15 ms everything else gets its turn, health probes first of all. All work of one
 * instance stands in one row, so that many callers together do not take longer turns than one.
 */
export class TimeSlices {
  #row: Promise<unknown> = Promise.resolve();
  #since = 0;

  /** `work` of each item in order. @throws whatever `work` throws, at its item. */
  map<I, O>(items: readonly I[], work: (item: I) => O): Promise<O[]> {
    const done = this.#row.then(async () => {
      const results: O[] = [];
      for (const item of items) {
        if (performance.now() - this.#since > SLICE_MS) {
          await new Promise((resolve) => setImmediate(resolve));
          this.#since = performance.now();
        }
        results.push(work(item));
      }
      return results;
    });
    this.#row = done.catch(() => {});
    return done;
  }
}

/** The one row of all that capture does between receiving a request and waiting for the database. */
export const captureWork = new TimeSlices();
