import { LEVELS } from '../ingest/level-words';
import { condition } from './edit-query';
import { HAS_VALUES, IS_VALUES, QUERY_KEYS, type QueryKey } from './issue-query';

/** A way to go on: what is shown, and what stands in the query from `start` to `end` once it is taken. */
export interface Completion {
  label: string;
  hint: string;
  text: string;
}

export interface Completions {
  start: number;
  end: number;
  items: Completion[];
  /** A name whose values only the database knows, and what of one has been typed. */
  asks: { key: ValueKey; prefix: string } | null;
}

/** Names whose values are looked up among the issues. */
export const VALUE_KEYS = [
  'service',
  'environment',
  'release',
  'project',
  'type',
  'platform',
  'culprit',
  'assigned',
] as const;
/** `tag` asks for the names of tags, `tag.browser` for the values of one. */
export type ValueKey = (typeof VALUE_KEYS)[number] | 'tag' | `tag.${string}`;

export const TAG_KEY = /^tag(\.[\w.-]{1,100})?$/;
export const isValueKey = (key: string): key is ValueKey =>
  (VALUE_KEYS as readonly string[]).includes(key) || TAG_KEY.test(key);

const KEY_HINTS: Record<QueryKey, string> = {
  is: 'state: unresolved, regressed, assigned …',
  has: 'fix, release, comments …',
  level: 'error, or >=error',
  assigned: 'me, none, a name',
  service: 'the program that failed',
  environment: 'production, staging …',
  release: '1.4.2, or 1.4.*',
  project: 'its short name',
  type: 'TypeError, or Type*',
  platform: 'node, python …',
  culprit: 'the function it came from',
  age: 'first seen: <7d, >12h',
  firstSeen: '<7d, or >2026-05-01',
  lastSeen: '<1h, or >2026-05-01',
  events: 'how many: >100',
  users: 'how many: >10',
};

const FIXED: Partial<Record<QueryKey, readonly string[]>> = {
  is: IS_VALUES,
  has: HAS_VALUES,
  level: [...LEVELS.map((level) => level as string).reverse(), '>=error', '>=warning'],
  age: ['<1h', '<24h', '<7d', '<30d', '>30d'],
  firstSeen: ['<24h', '<7d', '<30d'],
  lastSeen: ['<1h', '<24h', '<7d', '>7d'],
  events: ['>10', '>100', '>1000'],
  users: ['>1', '>10', '>100'],
};

const MOST = 10;

/**
 * What could be typed next at the caret: names of conditions, or the values of the one that stands there. `values` are those
 * the database knew for the last `asks`.
 */
export function completeQuery(
  query: string,
  caret: number,
  values: readonly { value: string; count: number }[] = [],
): Completions {
  const { start, end } = wordAt(query, caret);
  const typed = query.slice(start, caret);
  const negated = typed.startsWith('-') ? '-' : '';
  const body = typed.slice(negated.length);
  const colon = body.indexOf(':');
  if (body.startsWith('"')) return { start, end, items: [], asks: null };
  if (colon < 0 && body.toLowerCase().startsWith('tag.'))
    return { start, end, ...tagNames(body.slice(4), `${negated}tag.`, ':', values) };
  if (colon < 0) {
    const items = QUERY_KEYS.filter((key) => key.toLowerCase().startsWith(body.toLowerCase())).map((key) => ({
      label: `${negated}${key}:`,
      hint: KEY_HINTS[key],
      text: `${negated}${key}:`,
    }));
    if ('tag.'.startsWith(body.toLowerCase()))
      items.push({ label: `${negated}tag.`, hint: 'any tag: tag.browser:Safari', text: `${negated}tag.` });
    return { start, end, items: items.slice(0, body === '' ? QUERY_KEYS.length : MOST), asks: null };
  }
  const tag = /^tag\.[\w.-]{1,100}$/.test(body.slice(0, colon)) ? (body.slice(0, colon) as `tag.${string}`) : undefined;
  const key = tag ?? QUERY_KEYS.find((each) => each.toLowerCase() === body.slice(0, colon).toLowerCase());
  if (!key) return { start, end, items: [], asks: null };
  const prefix = body
    .slice(colon + 1)
    .replace(/^"/, '')
    .replace(/"$/, '');
  if (key === 'has' && prefix.toLowerCase().startsWith('tag.'))
    return { start, end, ...tagNames(prefix.slice(4), `${negated}has:tag.`, ' ', values) };
  const toItem = (value: string, hint: string): Completion => ({
    label: value,
    hint,
    text: `${negated}${condition(key, value)} `,
  });
  const isLookedUp = isValueKey(key);
  const extra = key === 'assigned' ? ['me', 'none'] : [];
  const fixed = [...(FIXED[key as QueryKey] ?? []), ...extra]
    .filter((value) => value.toLowerCase().startsWith(prefix.toLowerCase()))
    .map((value) => toItem(value, ''));
  const known = values.map(({ value, count }) => toItem(value, count === 1 ? '1 issue' : `${count} issues`));
  return {
    start,
    end,
    items: [...fixed, ...(isLookedUp ? known : [])].slice(0, MOST),
    asks: isLookedUp ? { key, prefix } : null,
  };
}

/** Names of tags that begin as typed, behind `before`. */
function tagNames(
  prefix: string,
  before: string,
  after: string,
  values: readonly { value: string; count: number }[],
): Pick<Completions, 'items' | 'asks'> {
  const items = values.map(({ value }) => ({
    label: `${before}${value}`,
    hint: 'tag',
    text: `${before}${value}${after}`,
  }));
  return { items: items.slice(0, MOST), asks: { key: 'tag', prefix } };
}

/** The condition around the caret; a quoted value is one word, spaces and all. */
function wordAt(query: string, caret: number): { start: number; end: number } {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < caret; at++) {
    if (query[at] === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(query[at] as string)) start = at + 1;
  }
  let end = caret;
  while (end < query.length && (quoted || !/\s/.test(query[end] as string))) {
    if (query[end] === '"') quoted = !quoted;
    end++;
  }
  return { start, end };
}

/** The query once a completion is taken, and where the caret then stands. */
export function takeCompletion(
  query: string,
  { start, end }: Completions,
  text: string,
): { query: string; caret: number } {
  const rest = query.slice(end).replace(/^\s+/, text.endsWith(' ') ? '' : ' ');
  return { query: query.slice(0, start) + text + rest, caret: start + text.length };
}
