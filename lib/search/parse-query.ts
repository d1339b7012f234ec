import { parseEntryId } from '../knowledge/entry-words';
import { parseShortId } from '../projects/project-schema';
import { COMMON_WORDS } from './common-words';
import { errorFeatures } from './error-features';
import { stem } from './tokenize';

/** What a search box was given. */
export interface SearchQuery {
  text: string;
  /** As typed, lower-cased, at most twelve; the last one may be unfinished. */
  words: string[];
  /** `ERROR-042`, when that is what it is. */
  entryNumber: number | null;
  /** `API-42`, when it may be that. */
  issue: { prefix: string; number: number } | null;
  /** It reads like an error: matching answers first. */
  isError: boolean;
}

const WORDS = 12;
const LONG = 80;
const WORD = /[\p{L}\p{N}_]+(?:[-.'][\p{L}\p{N}_]+)*/gu;

export function parseSearch(input: string): SearchQuery {
  const text = input.trim();
  const all = [...new Set((text.match(WORD) ?? []).map((word) => word.toLowerCase()))];
  const isPaste = text.includes('\n') || text.length > LONG;
  const features = errorFeatures({ error_message: text });
  return {
    text,
    words: isPaste ? tellingFirst(all, features.terms) : all.slice(0, WORDS),
    entryNumber: parseEntryId(text),
    issue: parseShortId(text),
    isError: isPaste || features.codes.size > 0 || features.types.size > 0 || all.length >= 4,
  };
}

/** Of a pasted error, the words of its message before those of its frames. */
function tellingFirst(words: string[], terms: ReadonlyMap<string, { weight: number }>): string[] {
  const weight = (word: string) => (terms.get(word) ?? terms.get(stem(word)))?.weight ?? 0;
  return words
    .filter((word) => word.length > 2 && !/^\d+$/.test(word) && !COMMON_WORDS.has(stem(word)))
    .map((word): [string, number] => [word, weight(word)])
    .sort((a, b) => b[1] - a[1])
    .slice(0, WORDS)
    .map(([word]) => word);
}

/** Text-search conditions for `to_tsquery('simple', …)`: any of the words, and all of them. The last one may be the beginning of a word. */
export function toTsquery(words: readonly string[]): { any: string; all: string } {
  const quoted = words.map(
    (word, at) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'${at === words.length - 1 ? ':*' : ''}`,
  );
  return { any: quoted.join(' | '), all: quoted.join(' & ') };
}
