/**
 * Takes secrets and personal data out of text before anything is stored. What a rule finds becomes `[Filtered]`; keys stay.
 * Every pattern is bounded or anchored on a literal, so that hostile text costs no more than its length.
 */
export const FILTERED = '[Filtered]';

/**
 * How a string is treated: `text` = a message, only matches go; `value` = anything a program attached, home folders too;
 * `source` = code or a stack, quoted assignments too; `query` = a query string; `exempt` = names of files and functions.
 */
export type ScrubMode = 'text' | 'value' | 'source' | 'query' | 'exempt';

const SENSITIVE = /password|secret|passwd|api[_-]?key|credentials|mysql_pwd|private[_-]?key|token|auth(?!or(?!iz))/i;
const SENSITIVE_EXACT =
  /^(?:otp|two[_-]factor|cookies?|set-cookie|sudo|su|sessionid|__session|phpsessid|connect\.sid|symfony|user_session|mysession|_csrf.*|csrf.*|_?xsrf.*)$/i;
const MAX_REMEMBERED = 5000;
const remembered = new Map<string, boolean>();

/** Whether the whole value under this key is a secret. */
export function isSensitiveKey(key: string): boolean {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const name = key.length > 200 ? key.slice(0, 200) : key;
  const sensitive = SENSITIVE.test(name) || SENSITIVE_EXACT.test(name);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, sensitive);
  return sensitive;
}

const WORDS = `(?:password|passwd|secret|api[_-]?key|token|credentials|mysql_pwd|private[_-]?key)`;
const ASSIGNED = new RegExp(
  String.raw`(${WORDS}[\w-]{0,32}=)(?:"[^"\n]{1,2000}"|'[^'\n]{1,2000}'|[^\s&;,"'()<>]{1,2000})`,
  'gi',
);
const QUOTED = new RegExp(
  String.raw`(${WORDS}[\w-]{0,32}["'\]]{0,2} {0,4}(?:=>|=|:) {0,4}[a-z]{0,2})("[^"\n]{1,2000}"|'[^'\n]{1,2000}')`,
  'gi',
);
const CARD =
  /(?<![\w.])(?:4\d{3}|5[1-5]\d\d|65\d\d|6011)[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?!\w|\.\d)|(?<![\w.])3[47]\d\d[ -]?\d{6}[ -]?\d{5}(?!\w|\.\d)/g;
const SSN = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;
const EMAIL = /(?<![\w.%+-])[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@-]|:\d|\.\w)/g;
const BEARER = /\b(bearer\s{1,4})[\w.~+/=-]{4,4000}/gi;
const URL_PASSWORD = /(:\/\/[^\s:@/"']{0,255}:)[^\s@/"']{1,1000}@/g;
const PEM = /(-----BEGIN [A-Z ]{0,40}KEY-----)[A-Za-z0-9+/=\s\\]+/g;
const HOME = /((?:\/home|\/Users|[A-Za-z]:\\{1,2}Users)[\\/]{1,2})[^\\/\s"'<>:|]{1,255}/g;

/** What one look over the characters finds, so that the patterns of the rest need not run. */
const AT = 8;
const EQUALS = 16;
const SLASH = 32;
const QUOTES = 64;
/** NUL, or half of a surrogate pair (the other half may stand beside it). */
export const BROKEN = 128;
const BEARS = 256;
const DASHES = 512;
/** Nine digits, and fifteen, with at most one blank or dash between any two. */
const LONG_NUMBER = 1024;
const LONGER_NUMBER = 2048;
const IBANS = 4096;
/** A part of every word of `WORDS`. */
const NAMES_SECRET = 8192;

/** Kinds of characters that something is begun by; below 8 they are looked at more closely, above they are found. */
const DIGIT = 1;
const DASH = 2;
const B = 3;
const C = 4;
const K = 5;
const W = 6;
const KIND = new Uint8Array(128);
for (const [chars, kind] of [
  ['0123456789', DIGIT],
  ['-', DASH],
  ['bB', B],
  ['cC', C],
  ['kK', K],
  ['wW', W],
  ['@', AT],
  ['=', EQUALS],
  ['/\\', SLASH],
  ['"\'', QUOTES],
  ['\0', BROKEN],
] as const) {
  for (const char of chars) KIND[char.charCodeAt(0)] = kind;
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
/** Lower-case code of an ASCII letter; something else for anything else. */
const lower = (text: string, at: number): number => text.charCodeAt(at) | 32;
const isAt = (text: string, at: number, first: string, second: string): boolean =>
  lower(text, at) === first.charCodeAt(0) && lower(text, at + 1) === second.charCodeAt(0);

/** One look over the characters of a text; what it finds is of use to `scrubFound`. */
export function glance(text: string): number {
  let found = 0;
  let digits = 0;
  let dashes = 0;
  let run = 0;
  let longest = 0;
  let lastDigit = -9;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) {
      if ((code & 0xf800) === 0xd800) found |= BROKEN;
      continue;
    }
    const kind = KIND[code]!;
    if (kind === 0) continue;
    if (kind > 7) found |= kind;
    else if (kind === DIGIT) {
      digits++;
      const gap = at - lastDigit;
      const before = gap === 2 ? text.charCodeAt(at - 1) : 0;
      if (gap === 1 || before === 32 || before === 45) run++;
      else {
        run = 1;
        if (at > 1 && isUpper(text.charCodeAt(at - 1)) && isUpper(text.charCodeAt(at - 2))) found |= IBANS;
      }
      if (run > longest) longest = run;
      lastDigit = at;
    } else if (kind === DASH) dashes++;
    else if (kind === B) {
      if (isAt(text, at + 4, 'e', 'r')) found |= BEARS;
    } else if (kind === K) {
      if (isAt(text, at + 1, 'e', 'y') || (isAt(text, at + 1, 'e', 'n') && lower(text, at - 1) === 111)) {
        found |= NAMES_SECRET;
      }
    } else if (kind === C) {
      if (isAt(text, at + 1, 'r', 'e') && (lower(text, at + 3) === 116 || lower(text, at + 3) === 100)) {
        found |= NAMES_SECRET;
      }
    } else if (lower(text, at - 1) === 115 || (lower(text, at - 1) === 112 && lower(text, at + 1) === 100)) {
      found |= NAMES_SECRET;
    }
  }
  if (dashes >= 10) found |= DASHES;
  if (digits < 9) found &= ~IBANS;
  if (longest >= 9) found |= LONG_NUMBER;
  if (longest >= 15) found |= LONGER_NUMBER;
  return found;
}

const MAX_QUERY_KEY = 200;
const MAX_QUERY_VALUE = 4000;
const SPACE = /\s/;

/** Whether the character at `at` ends a value of a query: `&`, `#` and blanks. A key ends at `?` and `=` as well. */
function endsValue(query: string, at: number): boolean {
  const code = query.charCodeAt(at);
  return code < 128 ? code === 38 || code === 35 || code === 32 || (code > 8 && code < 14) : SPACE.test(query[at]!);
}
function endsKey(query: string, at: number): boolean {
  const code = query.charCodeAt(at);
  return code === 63 || code === 61 || endsValue(query, at);
}

/** `a=1&token=x`: each value by its key. */
function scrubQuery(query: string): string {
  let out = '';
  let copied = 0;
  let from = 0;
  for (let equals = query.indexOf('='); equals >= 0; equals = query.indexOf('=', from)) {
    let start = equals;
    const first = Math.max(from, equals - MAX_QUERY_KEY);
    from = equals + 1;
    while (start > first && !endsKey(query, start - 1)) start--;
    if (start === equals) continue;
    const last = Math.min(query.length, from + MAX_QUERY_VALUE);
    while (from < last && !endsValue(query, from)) from++;
    if (from === equals + 1 || !isSensitiveKey(query.slice(start, equals))) continue;
    out += query.slice(copied, equals + 1) + FILTERED;
    copied = from;
  }
  return out + query.slice(copied);
}

/** The text without what its mode forbids; the very same string when there is nothing to take out. */
export function scrubText(text: string, mode: ScrubMode): string {
  return mode === 'exempt' || text.length < 5 ? text : scrubFound(text, mode, glance(text));
}

/** `scrubText` of a text that was looked at already. */
export function scrubFound(text: string, mode: ScrubMode, found: number): string {
  if (found === 0 || mode === 'exempt' || text.length < 5) return text;
  let out = text;
  if (found & DASHES) out = out.replace(PEM, `$1${FILTERED}`);
  if (found & LONGER_NUMBER) out = out.replace(CARD, FILTERED);
  if (found & LONG_NUMBER) out = out.replace(SSN, FILTERED);
  if (found & IBANS) out = out.replace(IBAN, FILTERED);
  if (found & BEARS) out = out.replace(BEARER, `$1${FILTERED}`);
  if (found & AT) {
    if (found & SLASH) out = out.replace(URL_PASSWORD, `$1${FILTERED}@`);
    // People are told apart by their address where a program attached it; in prose it is no one's business.
    if (mode === 'text' || mode === 'source') out = out.replace(EMAIL, FILTERED);
  }
  if (found & EQUALS) {
    if (mode === 'query') out = scrubQuery(out);
    else if (found & NAMES_SECRET) out = out.replace(ASSIGNED, `$1${FILTERED}`);
  }
  if (found & QUOTES && found & NAMES_SECRET && mode !== 'text') out = out.replace(QUOTED, `$1"${FILTERED}"`);
  if (found & SLASH && mode === 'value' && (out.includes('Users') || out.includes('/home'))) {
    out = out.replace(HOME, `$1${FILTERED}`);
  }
  return out;
}
