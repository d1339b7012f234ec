import { issueStatusSchema } from '../issues/issue-state';
import { entryStatusSchema } from '../knowledge/entry-schema';
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
  /** What `kind:`, `status:`, `service:` and `category:` narrow it to. */
  filters: SearchFilters;
  /** Texts that must stand in what is found as they are written, lower-cased. */
  phrases: string[];
  /** Words that must not stand in it. */
  without: string[];
}

export type SearchFilters = Partial<Record<(typeof FILTER_NAMES)[number], string>>;

export const FILTER_NAMES = ['kind', 'status', 'service', 'category'] as const;
const OPERATOR =
  /(?<=^|\s)(-?)(?:(kind|is|status|service|component|category):)?(?:"([^"\n]{1,200})"|([^\s"]{1,200}))(?=\s|$)/gi;
const KINDS: Record<string, string> = {
  ...{ entry: 'entry', entries: 'entry', knowledge: 'entry', fix: 'entry' },
  ...{ issue: 'issue', issues: 'issue', incident: 'issue', incidents: 'issue' },
  ...{ section: 'section', sections: 'section', guide: 'section' },
};
const STATUSES: readonly string[] = [...issueStatusSchema.options, ...entryStatusSchema.options];

const WORDS = 12;
const LONG = 80;
const WORD = /[\p{L}\p{N}_]+(?:[-.'][\p{L}\p{N}_]+)*/gu;

/**
 * Reads a search. An error is never taken for operators: it is full of quotes, dashes and colons, and all of it tells.
 */
export function parseSearch(input: string): SearchQuery {
  const text = input.trim();
  const isPaste = text.includes('\n') || text.length > LONG;
  const asked = isPaste ? null : readOperators(text);
  const plain = readWords(asked ? asked.rest : text, isPaste);
  // Quotes in what else reads like an error are the error's own.
  if (!asked?.isAsked || (plain.isError && !asked.isExplicit))
    return { ...readWords(text, isPaste), filters: {}, phrases: [], without: [] };
  return { ...plain, isError: false, filters: asked.filters, phrases: asked.phrases, without: asked.without };
}

function readWords(text: string, isPaste: boolean) {
  const all = [...new Set((text.match(WORD) ?? []).map((word) => word.toLowerCase()))];
  const features = errorFeatures({ error_message: text });
  return {
    text,
    words: isPaste ? tellingFirst(all, features.terms) : all.slice(0, WORDS),
    entryNumber: parseEntryId(text),
    issue: parseShortId(text),
    isError: isPaste || features.codes.size > 0 || features.types.size > 0 || all.length >= 4,
  };
}

/** What narrows a search, and the words that are left. `isExplicit`: it has an operator that no error has by chance. */
function readOperators(text: string) {
  const filters: SearchFilters = {};
  const phrases: string[] = [];
  const without: string[] = [];
  const rest = text.replace(
    OPERATOR,
    (whole, minus: string, name: string | undefined, quoted?: string, bare?: string) => {
      const value = quoted ?? bare ?? '';
      if (name) {
        const filter = minus ? null : readFilter(name.toLowerCase(), value);
        if (filter) Object.assign(filters, filter);
        return filter ? '' : whole;
      }
      if (minus && /^\p{L}[\p{L}\p{N}_-]+$/u.test(value)) {
        without.push(value.toLowerCase());
        return '';
      }
      if (quoted !== undefined && !minus) phrases.push(quoted.toLowerCase());
      return whole;
    },
  );
  const isExplicit = Object.keys(filters).length > 0;
  return {
    filters,
    phrases,
    without,
    rest: rest.trim(),
    isExplicit,
    isAsked: isExplicit || phrases.length > 0 || without.length > 0,
  };
}

function readFilter(name: string, value: string): SearchFilters | null {
  const word = value.toLowerCase().replaceAll('-', '_');
  const status = word === 'in_review' || STATUSES.includes(word) ? word : null;
  if (name === 'kind') return Object.hasOwn(KINDS, word) ? { kind: KINDS[word] } : null;
  if (name === 'status') return status ? { status } : null;
  if (name === 'is') return Object.hasOwn(KINDS, word) ? { kind: KINDS[word] } : status ? { status } : null;
  return name === 'category' ? { category: value } : { service: value };
}

/** Whether a text holds what was asked for word by word, and nothing that was not wanted. */
export function isWanted({ phrases, without }: Pick<SearchQuery, 'phrases' | 'without'>, text: string): boolean {
  if (phrases.length === 0 && without.length === 0) return true;
  const held = text.toLowerCase().replace(/\s+/g, ' ');
  return phrases.every((phrase) => held.includes(phrase)) && !without.some((word) => held.includes(word));
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
