import { headOf, parameterize } from './parameterize';

/**
 * The signature of a message: its constant words, with every part that looks like a value masked as `<*>`. One scan by
 * character codes: what counts as a value is the same for every source of messages.
 *
 * A part is a value when it holds a digit, is a path, an address or a dotted name, stands after `=`, or is a single
 * quoted word. Values that follow each other count as one, and so do repeated groups of parts, so that lists of any
 * length look alike. A unit of measure belongs to its number. Names of exceptions are never values.
 */
export interface MessageSignature {
  /** Parts of the signature; `VALUE` for a masked one. */
  tokens: string[];
  /** The message as it stood, with the masked parts replaced. */
  template: string;
  /** What the masked parts stood for, in order. */
  values: string[];
}

export const VALUE = '<*>';
const MAX_TOKENS = 128;
const LONGEST_REPEAT = 4;
const MAX_CLASS_NAME = 256;

const UNITS = new Set(
  'b kb mb gb tb kib mib gib tib byte bytes bit bits ns us µs ms msec msecs millis sec secs second seconds min mins minute minutes hour hours day days % hz khz mhz ghz'.split(
    ' ',
  ),
);

const SPACE = 1;
/** Belongs to a part wherever it stands. */
const PART = 2;
const DIGIT = 4;
/** Belongs to a part only between two characters of a part. */
const INNER = 8;
const LETTER = 16;

const KIND = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (code <= 32) KIND[code] = SPACE;
  else if (/[0-9]/.test(char)) KIND[code] = PART | DIGIT;
  else if (/[A-Za-z]/.test(char)) KIND[code] = PART | LETTER;
  else if (/[_$/\\%~*#&+-]/.test(char)) KIND[code] = PART;
  else if (/[.@:!?']/.test(char)) KIND[code] = INNER;
}
const kindAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code < 128) return KIND[code]!;
  return code === 0xa0 || code === 0x2028 ? SPACE : code >= 0 ? PART | LETTER : SPACE;
};

const DOT = 46;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const isSlash = (code: number) => code === 47 || code === 92;

const DATE_WORD = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;
const EXCEPTION_NAME = /(?:Exception|Error)$/;
/** `com.acme.Order$Line`, `Acme.Shop.Order`. */
const CLASS_NAME = /^(?:[A-Za-z_]\w{0,63}\.){1,16}[A-Z]\w{0,127}(?:\$[A-Z]\w{0,127}){0,8}$/;

/** True for what is a value by its form alone. */
function isValue(part: string): boolean {
  let dots = 0;
  let slashes = 0;
  let letters = 0;
  for (let i = 0; i < part.length; i++) {
    const code = part.charCodeAt(i);
    const kind = kindAt(part, i);
    if (kind & DIGIT) return true;
    if (kind & LETTER) letters++;
    else if (code === DOT) dots++;
    else if (isSlash(code)) slashes++;
    else if (code === 64 && i > 0) return true;
  }
  if (letters === 0) return false;
  if (dots >= 2) return !EXCEPTION_NAME.test(part);
  return slashes >= 2 || (slashes === 1 && isSlash(part.charCodeAt(0)));
}

function endOfWord(text: string, from: number, limit = text.length): number {
  let at = from;
  while (at < limit && kindAt(text, at) !== SPACE) at++;
  return at;
}

/** True where a colon at `at` joins two short groups of hexadecimal digits, as in hardware and IPv6 addresses. */
function joinsHex(text: string, start: number, at: number): boolean {
  if (at - start > 4) return false;
  let end = at + 1;
  while (end < text.length && kindAt(text, end) & PART) end++;
  return end - at <= 5 && /^[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}$/.test(text.slice(start, end));
}

function endOfPart(text: string, start: number): number {
  let at = start;
  let piece = start;
  let digit = false;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind & PART) {
      digit ||= (kind & DIGIT) > 0;
      at++;
      continue;
    }
    if (!(kind & INNER) || at + 1 >= text.length || !(kindAt(text, at + 1) & PART)) break;
    if (text.charCodeAt(at) === COLON && !digit) {
      const drive = at === start + 1 && isSlash(text.charCodeAt(at + 1));
      const scheme = isSlash(text.charCodeAt(at + 1)) && isSlash(text.charCodeAt(at + 2));
      if (!drive && !scheme && !joinsHex(text, piece, at)) break;
      piece = at + 1;
    }
    at++;
  }
  return at;
}

/** Characters that make `=` part of an operator. */
const COMPARISON = '=!<>~';

const OPEN = '([{<';
const CLOSE = ')]}>';

/** End of the value that starts at `from`, after `=`: a quoted text, a bracketed one, or what reaches to the next separator. */
function endOfAssigned(text: string, from: number): number {
  const first = text.charAt(from);
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, from + 1);
    return close < 0 ? text.length : close + 1;
  }
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (OPEN.includes(char)) depth++;
    else if (CLOSE.includes(char)) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0 && OPEN.includes(first)) return at + 1;
    } else if (depth === 0 && (char === ',' || char === ';' || kindAt(text, at) === SPACE)) return at;
  }
  return depth === 0 ? text.length : endOfWord(text, from);
}

/** `<1` or `>5` at the start of a word is a number as any other. */
function opensComparison(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if ((code !== LESS && code !== GREATER) || (at > 0 && kindAt(text, at - 1) !== SPACE)) return false;
  return at + 1 < text.length && (kindAt(text, at + 1) & DIGIT) > 0;
}

interface Part {
  token: string;
  start: number;
  end: number;
}

/** Masks the names of days and months beside a value: `Sun Jul 3` is a date, `Sun` alone may be a name. */
function maskDates(parts: Part[]): Part[] {
  for (let i = parts.length - 2; i >= 0; i--) {
    if (parts[i + 1]!.token === VALUE && DATE_WORD.test(parts[i]!.token)) parts[i]!.token = VALUE;
  }
  for (let i = 1; i < parts.length; i++) {
    if (parts[i - 1]!.token === VALUE && DATE_WORD.test(parts[i]!.token)) parts[i]!.token = VALUE;
  }
  return parts;
}

/** Drops what repeats the group of parts before it, where that group holds a value. */
function dropRepeats(parts: Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    out.push(part);
    for (let size = 1; size <= LONGEST_REPEAT && size * 2 <= out.length; size++) {
      const end = out.length;
      let same = true;
      let value = false;
      for (let k = 1; k <= size && same; k++) {
        const { token } = out[end - k]!;
        same = token === out[end - size - k]!.token;
        value ||= token === VALUE;
      }
      if (same && value) {
        for (let k = 1; k <= size; k++) out[end - size - k]!.end = out[end - k]!.end;
        out.length = end - size;
        break;
      }
    }
  }
  return out;
}

/** @param classNames qualified names of classes are constants: code, not data. */
function scan(text: string, classNames: boolean): Part[] {
  const parts: Part[] = [];
  const isClass = (part: string) => classNames && part.length <= MAX_CLASS_NAME && CLASS_NAME.test(part);
  const constant = (start: number, end: number) => parts.push({ token: text.slice(start, end), start, end });
  const value = (start: number, end: number) => parts.push({ token: VALUE, start, end });
  let at = 0;
  while (at < text.length && parts.length < MAX_TOKENS) {
    const code = text.charCodeAt(at);
    const kind = kindAt(text, at);
    const last = parts.at(-1);
    if (kind & PART || opensComparison(text, at)) {
      const end = endOfPart(text, kind & PART ? at : at + 1);
      const part = text.slice(at, end);
      if (isClass(part)) constant(at, end);
      else if (isValue(part) || (last?.token === VALUE && at - last.end <= 1 && UNITS.has(part.toLowerCase())))
        value(at, end);
      else constant(at, end);
      at = end;
    } else if (
      code === EQUALS &&
      last &&
      !COMPARISON.includes(text.charAt(at + 1)) &&
      !COMPARISON.includes(text.charAt(at - 1))
    ) {
      constant(at, at + 1);
      let from = at + 1;
      while (from < text.length && kindAt(text, from) === SPACE) from++;
      if (text.slice(from, endOfWord(text, from)).includes('=')) from = at + 1;
      const end = endOfAssigned(text, from);
      value(from, end);
      at = end;
    } else if (code === 34 || code === 39) {
      const close = text.indexOf(text.charAt(at), at + 1);
      if (close > at + 1 && endOfWord(text, at + 1, close) === close) {
        if (isClass(text.slice(at + 1, close))) constant(at + 1, close);
        else value(at, close + 1);
        at = close + 1;
      } else at++;
    } else {
      if (kind !== SPACE && kind !== INNER && code !== 44 && code !== 59) constant(at, at + 1);
      at++;
    }
  }
  return parts;
}

/** What scrubbing put in place of a secret or a long number is a value, and so is what it is glued to. */
const SCRUBBED = '[Filtered]';
const DIGITS = '0'.repeat(SCRUBBED.length);

const partsOf = (text: string, classNames = false): Part[] =>
  dropRepeats(maskDates(scan(text.replaceAll(SCRUBBED, DIGITS), classNames)));

function render(text: string, parts: readonly Part[], tokens: readonly string[]) {
  const values: string[] = [];
  let template = '';
  let copied = 0;
  for (const [i, { start, end }] of parts.entries()) {
    if (tokens[i] !== VALUE) continue;
    template += text.slice(copied, start) + VALUE;
    values.push(text.slice(start, end));
    copied = end;
  }
  return { template: template + text.slice(copied), values };
}

/**
 * @param message any text; its first two lines that are not blank count.
 * @param options.classNames keeps the qualified names of classes: whoever reports the faults of many classes
 *   (serializers, containers, mappers) says by them which fault it is.
 */
export function messageSignature(message: string, { classNames = false } = {}): MessageSignature {
  const text = headOf(message);
  const parts = partsOf(text, classNames);
  if (!parts.some(({ token }) => token !== VALUE && kindAt(token, 0) & LETTER)) {
    const { template, values } = parameterize(text);
    return { tokens: [template], template, values };
  }
  const tokens = parts.map(({ token }) => token);
  return { tokens, ...render(text, parts, tokens) };
}

/** The message as it stands, with the places masked that a more general form of its signature masks. */
export function renderTemplate(message: string, tokens: readonly string[]): { template: string; values: string[] } {
  const text = headOf(message);
  return render(text, partsOf(text), tokens);
}
