/** V8 tells longer texts apart by their length alone when it looks them up. */
const MAX_LENGTH = 16_000;

/**
 * What was made of texts that came lately: the stacks of an error repeat as long as it does. Holds texts of at most
 * `budget` characters together and forgets those first that were not asked for in the longest time. Only for pure
 * functions of the text; what is remembered is shared, so nobody may change it.
 */
export class RecentTexts<T> {
  readonly #budget: number;
  #recent = new Map<string, T>();
  #before = new Map<string, T>();
  #held = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  get(text: string): T | undefined {
    if (text.length > MAX_LENGTH) return undefined;
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const earlier = this.#before.get(text);
    if (earlier !== undefined) this.set(text, earlier);
    return earlier;
  }

  set(text: string, made: T): void {
    if (text.length > MAX_LENGTH) return;
    if (this.#held > this.#budget / 2) {
      this.#before = this.#recent;
      this.#recent = new Map();
      this.#held = 0;
    }
    this.#recent.set(text, made);
    this.#held += text.length;
  }
}
