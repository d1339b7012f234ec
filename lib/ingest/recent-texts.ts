/** V8 tells longer texts apart by their length alone when it looks them up. */
const MAX_LENGTH = 16_000;
const SAMPLES = 256;
const SLOTS = 65_536;

/** A number that texts rarely share, from some of their characters. */
function markOf(text: string): number {
  const step = Math.max(1, Math.floor(text.length / SAMPLES));
  let mark = text.length;
  for (let at = text.length - 1; at >= 0; at -= step) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return mark | 1;
}

/**
 * What was made of texts that came lately: the stacks of an error repeat as long as it does. Only for pure functions of
 * the text. What comes once costs next to nothing: a text is remembered from the second time on, of which a few bits of
 * the first tell. Holds at most `budget` characters of texts and forgets those first that were not asked for in the
 * longest time.
 */
export class RecentTexts<T> {
  readonly #budget: number;
  readonly #marks = new Int32Array(SLOTS);
  #recent = new Map<string, T>();
  #before = new Map<string, T>();
  #held = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** What was made of the text, or is made now. `isKept`: others will be given the same, so nobody may change it. */
  of(text: string, make: (text: string, isKept: boolean) => T): T {
    if (text.length > MAX_LENGTH || !this.#cameBefore(text)) return make(text, false);
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const made = this.#before.get(text) ?? make(text, true);
    this.#keep(text, made);
    return made;
  }

  #cameBefore(text: string): boolean {
    const mark = markOf(text);
    const slot = (mark >>> 1) % SLOTS;
    if (this.#marks[slot] === mark) return true;
    this.#marks[slot] = mark;
    return false;
  }

  #keep(text: string, made: T): void {
    if (this.#held > this.#budget / 2) {
      this.#before = this.#recent;
      this.#recent = new Map();
      this.#held = 0;
    }
    this.#recent.set(text, made);
    this.#held += text.length;
  }
}
