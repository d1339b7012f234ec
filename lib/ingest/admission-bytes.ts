/**
 * Bounds how many bytes of requests are in memory at once. One request may always go on as long as it is the only one, or
 * a large one could never be taken.
 */
export class ByteBudget {
  readonly #limit: number;
  readonly #held = new Map<object, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes held by all. */
  get total(): number {
    return this.#total;
  }

  /** Lets `holder` hold more, until `release`. @returns false when that is too much; then it holds what it held. */
  grow(holder: object, bytes: number): boolean {
    const own = this.#held.get(holder) ?? 0;
    if (this.#total + bytes > this.#limit && this.#total > own) return false;
    this.#held.set(holder, own + bytes);
    this.#total += bytes;
    return true;
  }

  release(holder: object): void {
    this.#total -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
  }
}

/** Lets so many do something at a time; the others wait in a row. */
export class Slots {
  #free: number;
  readonly #row: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#row.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#row.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
