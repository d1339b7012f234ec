/**
 * Texts that were noted lately. Bounded: the older half is let go as a whole when the younger is full, so between `limit`
 * and twice as many are known.
 */
export class RecentKeys {
  readonly #limit: number;
  #recent = new Set<string>();
  #before = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(key: string): boolean {
    if (this.#recent.has(key)) return true;
    if (!this.#before.has(key)) return false;
    this.add(key);
    return true;
  }

  add(key: string): void {
    this.#recent.add(key);
    if (this.#recent.size < this.#limit) return;
    this.#before = this.#recent;
    this.#recent = new Set();
  }

  forget(): void {
    this.#recent.clear();
    this.#before.clear();
  }
}
