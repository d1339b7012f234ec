import { stem } from './tokenize';

/** Plain text and the parts of it that answer a query, as ranges of UTF-16 positions in order. Never HTML. */
export interface Highlighted {
  text: string;
  ranges: [number, number][];
}

const WORD = /[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/gu;
const SNIPPET = 180;
/** Text before the first hit that a snippet keeps. */
const LEAD = 40;
/** A word this long may be mistyped in one letter, one twice as long in two. */
const TYPO_LENGTH = 5;

interface Hit {
  range: [number, number];
  /** Places of the words it answers, in the list of the query. */
  words: number[];
}

function findHits(text: string, words: readonly string[]): Hit[] {
  const wanted = words.map((word) => word.toLowerCase());
  return [...text.matchAll(WORD)].flatMap((match) => {
    const token = match[0].toLowerCase();
    const answered = wanted.flatMap((word, place) => (word && means(token, word) ? [place] : []));
    return answered.length > 0
      ? [{ range: [match.index, match.index + match[0].length] as [number, number], words: answered }]
      : [];
  });
}

/** Marks the words of a text that a query means: the same stem, a beginning, or a slip of the fingers. */
export const highlight = (text: string, words: readonly string[]): Highlighted => ({
  text,
  ranges: findHits(text, words).map(({ range }) => range),
});

/** The stretch of a long text that answers most of the words, the earliest of these, as one line. */
export function snippet(text: string, words: readonly string[]): Highlighted {
  const flat = text.slice(0, 20_000).replace(/\s+/g, ' ').trim();
  let from = Math.max(0, bestStart(findHits(flat, words)) - LEAD);
  if (from > 0) from = flat.indexOf(' ', from) + 1 || from;
  const cut = flat.slice(from, from + SNIPPET);
  const shown = `${from > 0 ? '… ' : ''}${cut}${from + SNIPPET < flat.length ? ' …' : ''}`;
  return highlight(shown, words);
}

/** Where the hit stands that begins the stretch with most of the words; 0 without any. */
function bestStart(hits: readonly Hit[]): number {
  let best = { start: hits[0]?.range[0] ?? 0, words: 0 };
  for (const [at, { range }] of hits.entries()) {
    const start = range[0];
    const answered = new Set<number>();
    for (let next = at; next < hits.length; next += 1) {
      const hit = hits[next] as Hit;
      if (hit.range[1] > start + SNIPPET - LEAD) break;
      for (const word of hit.words) answered.add(word);
    }
    if (answered.size > best.words) best = { start, words: answered.size };
  }
  return best.start;
}

function means(token: string, word: string): boolean {
  if (token === word || (word.length > 1 && token.startsWith(word))) return true;
  if (stem(token) === stem(word)) return true;
  if (token.includes(word) && word.length > 3) return true;
  const slips = word.length >= 2 * TYPO_LENGTH ? 2 : word.length >= TYPO_LENGTH ? 1 : 0;
  return slips > 0 && Math.abs(token.length - word.length) <= slips && distance(token, word) <= slips;
}

/** Edit distance with swapped neighbours as one step. */
export function distance(a: string, b: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (previous[j - 2] ?? 0) + 1);
      next.push(best);
    }
    previous = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
