import { LEVELS, type Level } from '../ingest/level-words';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time';

/**
 * The search syntax of issue lists: `is:unresolved service:api level:>=error release:1.4.* age:<7d has:fix assigned:me
 * tag.browser:Safari -environment:staging "pool exhausted"`. Several values for one name mean any of them; different names must all hold;
 * `-` in front takes away.
 */
export const IS_VALUES = [
  'unresolved',
  'open',
  'new',
  'ongoing',
  'escalating',
  'resolved',
  'regressed',
  'muted',
  'assigned',
  'unassigned',
] as const;
export type IsValue = (typeof IS_VALUES)[number];

export const HAS_VALUES = ['fix', 'release', 'assignee', 'comments', 'users'] as const;
export type HasValue = (typeof HAS_VALUES)[number];

const TEXT_KEYS = ['service', 'environment', 'release', 'project', 'type', 'platform', 'culprit'] as const;
export type TextKey = (typeof TEXT_KEYS)[number];

const TIME_KEYS = ['age', 'firstSeen', 'lastSeen'] as const;
const NUMBER_KEYS = ['events', 'users'] as const;

export const QUERY_KEYS = ['is', 'has', 'level', 'assigned', ...TEXT_KEYS, ...TIME_KEYS, ...NUMBER_KEYS] as const;
export type QueryKey = (typeof QUERY_KEYS)[number];

const ALIASES: Record<string, QueryKey> = {
  env: 'environment',
  status: 'is',
  severity: 'level',
  assignee: 'assigned',
  first_seen: 'firstSeen',
  firstseen: 'firstSeen',
  last_seen: 'lastSeen',
  lastseen: 'lastSeen',
  count: 'events',
  version: 'release',
};

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

export type QueryTerm = { negated: boolean } & (
  | { key: 'text'; value: string }
  | { key: 'is'; value: IsValue }
  | { key: 'has'; value: HasValue }
  | { key: 'tag'; name: string; value: string }
  | { key: 'hasTag'; name: string }
  | { key: 'level'; levels: Level[] }
  | { key: 'assigned'; value: string }
  | { key: TextKey; value: string }
  /** `agoMs`: so long ago; `at`: an instant, ISO. `>` and `<` speak of the age for the first, of the calendar for the second. */
  | { key: 'firstSeen' | 'lastSeen'; comparison: Comparison; agoMs?: number; at?: string }
  | { key: 'events' | 'users'; comparison: Comparison; value: number }
);

export interface QueryError {
  /** Where in the query it stands. */
  start: number;
  end: number;
  message: string;
}

export interface ParsedQuery {
  terms: QueryTerm[];
  errors: QueryError[];
}

export const MAX_QUERY_LENGTH = 2000;
const MAX_TERMS = 50;

const TAG = /^tag\.([\w.-]{1,100})$/;
/** A name in front of a colon; names of tags hold more than those of conditions. */
const KEY = /^(?:tag\.[\w.-]{1,100}|[A-Za-z_][A-Za-z_.]{0,40})(?=:)/;
const LONGEST_KEY = 110;

/** Reads a query. Never throws: what cannot be understood is in `errors`, the rest in `terms`. */
export function parseIssueQuery(query: string): ParsedQuery {
  const terms: QueryTerm[] = [];
  const errors: QueryError[] = [];
  if (query.length > MAX_QUERY_LENGTH)
    return {
      terms,
      errors: [{ start: 0, end: query.length, message: `expected at most ${MAX_QUERY_LENGTH} characters` }],
    };
  for (const token of tokenize(query, errors)) {
    try {
      if (terms.length >= MAX_TERMS) throw new QueryProblem(`expected at most ${MAX_TERMS} conditions`);
      terms.push(...toTerms(token));
    } catch (problem) {
      if (!(problem instanceof QueryProblem)) throw problem;
      errors.push({ start: token.start, end: token.end, message: problem.message });
    }
  }
  return { terms, errors };
}

class QueryProblem extends Error {}

interface Token {
  start: number;
  end: number;
  negated: boolean;
  key: string | null;
  value: string;
  quoted: boolean;
}

function tokenize(query: string, errors: QueryError[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at] as string)) {
      at++;
      continue;
    }
    const start = at;
    const negated = query[at] === '-' && at + 1 < query.length && !/\s/.test(query[at + 1] as string);
    if (negated) at++;
    const key = KEY.exec(query.slice(at, at + LONGEST_KEY))?.[0] ?? null;
    const valueAt = key ? at + key.length + 1 : at;
    const quoted = query[valueAt] === '"';
    let value: string;
    if (quoted) {
      const close = query.indexOf('"', valueAt + 1);
      if (close < 0) errors.push({ start: valueAt, end: query.length, message: 'the quotation mark is not closed' });
      at = close < 0 ? query.length : close + 1;
      value = query.slice(valueAt + 1, close < 0 ? query.length : close);
    } else {
      at = valueAt;
      while (at < query.length && !/\s/.test(query[at] as string)) at++;
      value = query.slice(valueAt, at);
    }
    tokens.push({ start, end: at, negated, key, value, quoted });
  }
  return tokens;
}

function toTerms(token: Token): QueryTerm[] {
  const { negated, key, value } = token;
  if (key === null || isPlainText(token)) {
    const text = key === null ? value : `${key}:${value}`;
    return text.trim() ? [{ negated, key: 'text', value: text.trim() }] : [];
  }
  const tag = TAG.exec(key)?.[1];
  const name = tag ? 'tag' : canonicalKey(key);
  if (value === '') throw new QueryProblem(`expected a value after "${key}:"`);
  switch (name) {
    case 'tag':
      return [{ negated, key: name, name: tag ?? '', value }];
    case 'is':
      return [{ negated, key: name, value: oneOf(key, value, IS_VALUES) }];
    case 'has': {
      const had = TAG.exec(value)?.[1];
      if (had) return [{ negated, key: 'hasTag', name: had }];
      return [{ negated, key: name, value: oneOf(key, value, HAS_VALUES) }];
    }
    case 'level':
      return [{ negated, key: name, levels: levelsOf(value) }];
    case 'age':
    case 'firstSeen':
    case 'lastSeen':
      return [timeTerm(negated, name, key, value)];
    case 'events':
    case 'users':
      return [numberTerm(negated, name, key, value)];
    default:
      return [{ negated, key: name, value }];
  }
}

/** `std::string`, `http://…`, `TypeError:` and `main.rs:42` hold a colon and are no condition. */
function isPlainText({ key, value, quoted }: Token): boolean {
  if (key === null) return true;
  if (TAG.test(key) || findKey(key)) return false;
  return !quoted && (value === '' || value.startsWith(':') || value.startsWith('//') || !/^[a-z][A-Za-z_]*$/.test(key));
}

const findKey = (key: string): QueryKey | undefined =>
  QUERY_KEYS.find((k) => k === key) ?? ALIASES[key.toLowerCase()] ?? QUERY_KEYS.find((k) => k === key.toLowerCase());

function canonicalKey(key: string): QueryKey {
  const found = findKey(key);
  if (found) return found;
  const near = QUERY_KEYS.find((k) => k[0] === key[0]?.toLowerCase() && Math.abs(k.length - key.length) <= 2);
  throw new QueryProblem(
    `there is no condition "${key}"${near ? `; did you mean "${near}"?` : ''} To search for the text itself, put it in quotation marks.`,
  );
}

function oneOf<T extends string>(key: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((a) => a === value.toLowerCase());
  if (found) return found;
  throw new QueryProblem(`"${key}:" takes ${allowed.join(', ')}; not "${value}"`);
}

function split(value: string): { comparison: Comparison; rest: string } {
  const comparison = (/^(>=|<=|>|<|=)/.exec(value)?.[0] ?? '=') as Comparison;
  return { comparison, rest: /^[<>=]/.test(value) ? value.slice(comparison.length) : value };
}

const LEVEL_ALIASES: Record<string, Level> = {
  warn: 'warning',
  critical: 'fatal',
  high: 'error',
  medium: 'warning',
  low: 'info',
};

function levelsOf(value: string): Level[] {
  const { comparison, rest } = split(value);
  const level = LEVEL_ALIASES[rest.toLowerCase()] ?? LEVELS.find((l) => l === rest.toLowerCase());
  if (!level) throw new QueryProblem(`"level:" takes ${LEVELS.join(', ')}, or >=error; not "${value}"`);
  const rank = LEVELS.indexOf(level);
  return LEVELS.filter((_, i) => compare(i, comparison, rank));
}

const compare = (a: number, comparison: Comparison, b: number): boolean =>
  ({ '=': a === b, '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b })[comparison];

const UNITS: Record<string, number> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

function timeTerm(negated: boolean, name: 'age' | 'firstSeen' | 'lastSeen', key: string, value: string): QueryTerm {
  const { comparison, rest } = split(value);
  const term = name === 'age' ? 'firstSeen' : name;
  const duration = /^(\d{1,6})([mhdw])$/.exec(rest);
  if (duration)
    return {
      negated,
      key: term,
      // Without a sign, `age:7d` is what people write for "of the last seven days".
      comparison: comparison === '=' ? '<' : comparison,
      agoMs: Number(duration[1]) * (UNITS[duration[2] as string] as number),
    };
  const at = /^\d{4}-\d{2}-\d{2}(T[0-9:.]{4,12}(Z|[+-]\d{2}:\d{2})?)?$/.test(rest) ? Date.parse(rest) : Number.NaN;
  if (name === 'age' || Number.isNaN(at))
    throw new QueryProblem(
      `"${key}:" takes an age such as <7d or >12h${name === 'age' ? '' : ', or a date such as >2026-05-01'}; not "${value}"`,
    );
  return { negated, key: term, comparison, at: new Date(at).toISOString() };
}

function numberTerm(negated: boolean, name: 'events' | 'users', key: string, value: string): QueryTerm {
  const { comparison, rest } = split(value);
  if (!/^\d{1,12}$/.test(rest)) throw new QueryProblem(`"${key}:" takes a number such as >100; not "${value}"`);
  return { negated, key: name, comparison, value: Number(rest) };
}
