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
const AT = 1;
const DIGITS = 2;
const BEARS = 4;
const DASHES = 8;
const EQUALS = 16;
const SLASH = 32;
const QUOTES = 64;

function glance(text: string): number {
  let found = 0;
  let digits = 0;
  let dashes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 45) dashes++;
    else if (code === 64) found |= AT;
    else if (code === 61) found |= EQUALS;
    else if (code === 47 || code === 92) found |= SLASH;
    else if (code === 34 || code === 39) found |= QUOTES;
    else if ((code | 32) === 98 && (text.charCodeAt(at + 4) | 32) === 101 && (text.charCodeAt(at + 5) | 32) === 114)
      found |= BEARS;
  }
  if (digits >= 9) found |= DIGITS;
  if (dashes >= 10) found |= DASHES;
  return found;
}

/** `a=1&token=x`: each value by its key. */
function scrubQuery(query: string): string {
  return query.replace(/([^&=?#\s]{1,200})=([^&#\s]{1,4000})/g, (whole, key: string) =>
    isSensitiveKey(key) ? `${key}=${FILTERED}` : whole,
  );
}

/** The text without what its mode forbids; the very same string when there is nothing to take out. */
export function scrubText(text: string, mode: ScrubMode): string {
  if (mode === 'exempt' || text.length < 5) return text;
  const found = glance(text);
  let out = text;
  if (found & DASHES) out = out.replace(PEM, `$1${FILTERED}`);
  if (found & DIGITS) out = out.replace(CARD, FILTERED).replace(SSN, FILTERED).replace(IBAN, FILTERED);
  if (found & BEARS) out = out.replace(BEARER, `$1${FILTERED}`);
  if (found & AT) {
    if (found & SLASH) out = out.replace(URL_PASSWORD, `$1${FILTERED}@`);
    // People are told apart by their address where a program attached it; in prose it is no one's business.
    if (mode === 'text' || mode === 'source') out = out.replace(EMAIL, FILTERED);
  }
  if (found & EQUALS) out = mode === 'query' ? scrubQuery(out) : out.replace(ASSIGNED, `$1${FILTERED}`);
  if (found & QUOTES && mode !== 'text') out = out.replace(QUOTED, `$1"${FILTERED}"`);
  if (found & SLASH && mode === 'value') out = out.replace(HOME, `$1${FILTERED}`);
  return out;
}
