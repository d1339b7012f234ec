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

/** Marks the words of a text that a query means: the same stem, a beginning, or a slip of the fingers. */
export function highlight(text: string, words: readonly string[]): Highlighted {
  const wanted = words.map((word) => word.toLowerCase()).filter(Boolean);
  const ranges: [number, number][] = [];
  for (const match of text.matchAll(WORD)) {
    const token = match[0].toLowerCase();
    if (wanted.some((word) => means(token, word))) ranges.push([match.index, match.index + match[0].length]);
  }
  return { text, ranges };
}

/** The stretch of a long text around its first hit, as one line. */
export function snippet(text: string, words: readonly string[]): Highlighted {
  const flat = text.slice(0, 20_000).replace(/\s+/g, ' ').trim();
  const first = highlight(flat, words).ranges[0]?.[0] ?? 0;
  let from = Math.max(0, first - LEAD);
  if (from > 0) from = flat.indexOf(' ', from) + 1 || from;
  const cut = flat.slice(from, from + SNIPPET);
  const shown = `${from > 0 ? '… ' : ''}${cut}${from + SNIPPET < flat.length ? ' …' : ''}`;
  return highlight(shown, words);
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
