const LIMIT = 50_000;

/**
 * The stacks of which this process knows that they are stored, with this day as their last. It forgets them at the end of
 * the day, so that a stack in use is told so every day; and the one that was not asked for longest, when it holds 50,000.
 */
export class KnownStacks {
  readonly #keys = new Set<string>();
  #day = '';

  /** @param day UTC, as `2026-11-22`. */
  has(key: string, day: string): boolean {
    if (day !== this.#day || !this.#keys.delete(key)) return false;
    this.#keys.add(key);
    return true;
  }

  /** Only for what is committed. */
  add(keys: Iterable<string>, day: string): void {
    if (day !== this.#day) this.forget();
    this.#day = day;
    for (const key of keys) this.#keys.add(key);
    for (const oldest of this.#keys) {
      if (this.#keys.size <= LIMIT) break;
      this.#keys.delete(oldest);
    }
  }

  forget(): void {
    this.#keys.clear();
  }
}
