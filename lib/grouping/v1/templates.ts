import { VALUE } from './message-signature';

/**
 * The online template miner. Its input is the list of message signatures of one service, in the order in which they were
 * first seen; its state is a fold over that list and nothing else, so that every process that reads the same list reaches
 * the same templates.
 *
 * Signatures that differ in one word only become one template once that place has shown `ENOUGH` different words, or half
 * as many beside a masked value, and enough words around it stay the same. A template found in this way takes part in the
 * search for further ones, so that several places may vary.
 */
export const ENOUGH = 4;
const CONSTANT_WORDS = 3;
const MAX_VARIABLE_TOKENS = 48;
const isWord = (token: string) => !token.startsWith('<') && /[A-Za-z]/.test(token);

/** False for a signature that no template can ever take in: too few constant words, or too many parts. */
export function canGeneralise(tokens: readonly string[]): boolean {
  return tokens.length <= MAX_VARIABLE_TOKENS && tokens.filter(isWord).length >= CONSTANT_WORDS;
}

/** Two templates are one from now on: events filed under `from` belong to `into`. Positions in the list of signatures. */
export interface TemplateMerge {
  from: number;
  into: number;
}

interface Node {
  parent: number;
  /** Position in the list of signatures; -1 for a template that was derived. */
  position: number;
  tokens: readonly string[];
}

export class TemplateMiner {
  readonly #nodes: Node[] = [];
  readonly #byText = new Map<string, number>();
  /** Nodes by what they look like with one word left out. */
  readonly #siblings = new Map<string, number[]>();
  #size = 0;

  /** Signatures added. */
  get size(): number {
    return this.#size;
  }

  /** Position of the signature whose template a known signature belongs to. */
  find(text: string): number | undefined {
    const node = this.#byText.get(text);
    if (node === undefined || this.#nodes[node]!.position < 0) return undefined;
    return this.#nodes[this.#root(node)]!.position;
  }

  /** The most general form of the template that the signature at this text belongs to. */
  template(text: string): readonly string[] | undefined {
    const node = this.#byText.get(text);
    if (node === undefined) return undefined;
    const root = this.#root(node);
    let best = this.#nodes[node]!.tokens;
    for (const [i, token] of best.entries()) {
      if (token === VALUE) continue;
      const general = this.#byText.get(best.with(i, VALUE).join(' '));
      if (general !== undefined && this.#root(general) === root) best = this.#nodes[general]!.tokens;
    }
    return best;
  }

  /**
   * Adds the next signature of the list, its parts joined by blanks.
   * @returns the older templates that became one by it; its own it can name at once, so it is not among them.
   */
  add(text: string): TemplateMerge[] {
    const tokens = text.split(' ');
    const position = this.#size++;
    const merges: TemplateMerge[] = [];
    const known = this.#byText.get(text);
    if (known === undefined) this.#insert(tokens, text, position, merges);
    else if (this.#nodes[known]!.position < 0) {
      const root = this.#nodes[this.#root(known)]!;
      if (root.position < 0) root.position = position;
      this.#nodes[known]!.position = position;
    }
    return merges.filter(({ from }) => from !== position);
  }

  #root(node: number): number {
    let at = node;
    while (this.#nodes[at]!.parent !== at) {
      const { parent } = this.#nodes[at]!;
      this.#nodes[at]!.parent = this.#nodes[parent]!.parent;
      at = this.#nodes[at]!.parent;
    }
    return at;
  }

  #join(a: number, b: number, merges: TemplateMerge[]): void {
    const left = this.#root(a);
    const right = this.#root(b);
    if (left === right) return;
    const l = this.#nodes[left]!.position;
    const r = this.#nodes[right]!.position;
    const [winner, loser] = r < 0 || (l >= 0 && l < r) ? [left, right] : [right, left];
    this.#nodes[loser]!.parent = winner;
    const from = this.#nodes[loser]!.position;
    const into = this.#nodes[winner]!.position;
    if (from >= 0 && into >= 0) merges.push({ from, into });
  }

  #insert(tokens: readonly string[], text: string, position: number, merges: TemplateMerge[]): void {
    const node = this.#nodes.length;
    this.#nodes.push({ parent: node, position, tokens });
    this.#byText.set(text, node);
    const words: number[] = [];
    for (const [i, token] of tokens.entries()) if (isWord(token)) words.push(i);
    if (words.length <= CONSTANT_WORDS || tokens.length > MAX_VARIABLE_TOKENS) return;
    for (const place of words) this.#compare(node, tokens, place, merges);
  }

  #compare(node: number, tokens: readonly string[], place: number, merges: TemplateMerge[]): void {
    const general = tokens.with(place, VALUE);
    const key = general.join(' ');
    const established = this.#byText.get(key);
    const siblings = this.#siblings.get(`${place} ${key}`) ?? [];
    if (siblings.length === 0) this.#siblings.set(`${place} ${key}`, siblings);
    siblings.push(node);
    if (siblings.length < (established === undefined ? ENOUGH : ENOUGH / 2)) return;
    if (established === undefined) this.#insert(general, key, -1, merges);
    const target = this.#byText.get(key)!;
    for (const sibling of siblings) this.#join(target, sibling, merges);
    if (siblings.length > ENOUGH) siblings.splice(0, siblings.length - ENOUGH);
  }
}
