/**
 * Replaces what varies in a text by `<tokens>`: one left-to-right pass, at each position the first rule that matches wins.
 * Every rule is a sticky expression with bounded repetition, tried only where a word starts with a fitting character, so
 * the time is linear in the (bounded) length of the text.
 */

/** Texts are cut here before anything looks at them, in UTF-16 units. */
export const MAX_TEXT = 8192;

const BLANK = /\S/;

/** The first two lines that are not blank, joined by a line feed; `...` stands for what was cut. */
export function headOf(text: string): string {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const lines: string[] = [];
  let from = 0;
  while (from <= bounded.length && lines.length < 2) {
    const end = bounded.indexOf('\n', from);
    const line = bounded.slice(from, end < 0 ? undefined : end).trim();
    if (line !== '') lines.push(line);
    if (end < 0) return lines.join('\n') + (bounded.length < text.length ? '...' : '');
    from = end + 1;
  }
  return lines.join('\n') + (BLANK.test(bounded.slice(from)) || bounded.length < text.length ? '...' : '');
}

const DIGIT = 1;
const HEX_LETTER = 2;
const OTHER_LETTER = 4;
const MINUS = 8;
const COLON = 16;
const QUOTE = 32;
const LETTER = HEX_LETTER | OTHER_LETTER;

/** What kind of character it is, by code; 0 where no rule starts. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[0-9]/.test(char)) CLASS[code] = DIGIT;
  else if (/[a-f]/i.test(char)) CLASS[code] = HEX_LETTER;
  else if (/[g-z_]/i.test(char)) CLASS[code] = OTHER_LETTER;
  else if (char === '-') CLASS[code] = MINUS;
  else if (char === ':') CLASS[code] = COLON;
  else if (char === '"' || char === "'") CLASS[code] = QUOTE;
}

interface Rule {
  token: string;
  /** Kinds of first character. */
  starts: number;
  /** The first characters themselves, where they are few. */
  first?: string;
  pattern: RegExp;
  /** Only where this stands somewhere in the text. */
  needs?: string;
  /** Only directly after `=`. */
  afterEquals?: boolean;
}

const TLD =
  'com|net|org|edu|gov|mil|biz|app|dev|io|ai|co|tv|cc|ws|xyz|site|online|tech|cloud|blog|shop|website|email|agency|digital|network|systems|solutions|services|local|internal|lan|corp|arpa|eu|us|uk|ca|au|nz|ie|de|ch|nl|be|lu|fr|es|pt|gr|pl|cz|sk|hu|ro|bg|hr|rs|si|dk|se|fi|ee|lv|lt|ru|ua|by|kz|tr|il|sa|ae|ir|pk|bd|lk|cn|hk|tw|jp|kr|sg|th|vn|ph|br|ar|cl|mx|pe|ve|uy|za|ng|ke|eg|ma|om';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const H16 = '[0-9a-fA-F]{1,4}';
const CLOCK = '\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp][Mm](?![A-Za-z]))?';
const ZONE = '(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}(?![A-Za-z]))?(?:[+-]\\d{2}:?\\d{2})?)?';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}';
const END = '(?![A-Za-z0-9_])';

function rule(token: string, starts: number, source: string, more: Partial<Rule> = {}): Rule {
  return { token, starts, pattern: new RegExp(source, 'y'), ...more };
}

const RULES: Rule[] = [
  rule('<email>', DIGIT | LETTER, '[\\w.!#$%&*+?^~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}', {
    needs: '@',
  }),
  rule('<url>', LETTER, '(?:wss?|https?|ftp):\\/\\/\\S{1,8192}', { needs: '://', first: 'whf' }),
  rule('<hostname>', DIGIT | LETTER, `(?<!\\.)(?:[a-z0-9-]{1,63}\\.){1,10}(?:${TLD})(?![\\w(-]|\\.[\\w-])`, {
    needs: '.',
  }),
  rule(
    '<hostname>',
    DIGIT | LETTER,
    `(?<!\\.)(?:[A-Z0-9-]{1,63}\\.){1,10}(?:${TLD.toUpperCase()})(?![\\w(-]|\\.[\\w-])`,
    {
      needs: '.',
    },
  ),
  rule(
    '<ip>',
    DIGIT | HEX_LETTER | COLON,
    `(?:(?:${H16}:){7}${H16}|(?:${H16}:){1,6}(?::${H16}){1,6}|(?:${H16}:){1,7}:|:(?::${H16}){1,7}|::(?:ffff:)?${IPV4}|(?:${H16}:){2,6}:?${IPV4})(?:%[\\w.]{1,16})?(?![\\w:])`,
    { needs: ':' },
  ),
  rule('<ip>', DIGIT, `${IPV4}(?![\\w]|\\.\\d)`, { needs: '.' }),
  rule('<traceparent>', DIGIT, `00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]${END}`, { first: '0' }),
  rule('<traceparent>', DIGIT, `1-[0-9a-f]{8}-[0-9a-f]{24}${END}`, { first: '1' }),
  rule('<uuid>', DIGIT | HEX_LETTER, `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}${END}`, { needs: '-' }),
  rule('<sha1>', DIGIT | HEX_LETTER, `(?:[0-9a-f]{40}|[0-9A-F]{40})${END}`),
  rule('<md5>', DIGIT | HEX_LETTER, `(?:[0-9a-f]{32}|[0-9A-F]{32})${END}`),
  rule('<date>', DIGIT, `\\d{4}-\\d{2}-\\d{2}(?:[T ]${CLOCK}(?:Z|[ ]?[+-]\\d{2}:?\\d{2}|[ ]?UTC)?)?${END}`, {
    needs: '-',
  }),
  rule('<date>', DIGIT, `\\d{4}\\/\\d{1,2}\\/\\d{1,2}(?:[ :]${CLOCK})?${END}`, { needs: '/' }),
  rule('<date>', DIGIT, `\\d{1,2}\\/\\d{1,2}\\/\\d{4}(?:[ :]${CLOCK})?${END}`, { needs: '/' }),
  rule('<date>', DIGIT, `\\d{8}T\\d{6}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{4})?${END}`),
  rule('<date>', DIGIT, `\\d{1,2}[ -]${MONTH}[ -]\\d{2,4}(?:[ :]${CLOCK}${ZONE})?${END}`),
  rule('<date>', LETTER, `${DAY},? \\d{1,2}[ -]${MONTH}[ -]\\d{2,4}(?: ${CLOCK}${ZONE})?${END}`, { first: 'MTWFS' }),
  rule(
    '<date>',
    LETTER,
    `${DAY} ${MONTH} {1,2}\\d{1,2}(?: \\d{4})?(?:,? ${CLOCK}${ZONE}(?: \\([^()\\n]{1,40}\\)| \\d{4})?)?`,
    { first: 'MTWFS' },
  ),
  rule('<date>', LETTER, `${MONTH} {1,2}\\d{1,2}(?:, ?\\d{4}|(?=,? ${CLOCK}))(?:,? ${CLOCK}${ZONE})?${END}`, {
    first: 'JFMASOND',
  }),
  rule('<date>', LETTER, 'datetime\\.datetime\\([^()\\n]{1,80}\\)', { needs: 'datetime(', first: 'd' }),
  rule('<date>', DIGIT, `${CLOCK}(?![\\w:])`, { needs: ':' }),
  rule('<duration>', DIGIT | MINUS, `-?\\d{1,20}(?:\\.\\d{1,20})? ?ms${END}`),
  rule('<duration>', DIGIT | MINUS, `-?\\d{1,20}(?:\\.\\d{1,20})?s${END}`),
  rule('<mac>', DIGIT | HEX_LETTER, `[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}(?![\\w:-])`),
  rule('<hex>', DIGIT, `0[xX][0-9a-fA-F]{1,128}${END}`, { first: '0' }),
  rule('<hex>', DIGIT | HEX_LETTER, `(?=[a-f]{0,127}\\d)[0-9a-f]{8,128}${END}`),
  rule('<hex>', DIGIT | HEX_LETTER, `(?=[A-F]{0,127}\\d)[0-9A-F]{8,128}${END}`),
  rule('<git_sha>', DIGIT | HEX_LETTER, `(?=[a-f]{0,6}\\d)(?=\\d{0,6}[a-f])[0-9a-f]{7}${END}`),
  rule('<float>', DIGIT | MINUS, `-?\\d{1,20}\\.\\d{1,20}(?:[eE][+-]?\\d{1,4})?(?![\\w]|\\.\\d)`),
  rule('<int>', DIGIT | MINUS, `-?\\d{1,7}${END}`),
  rule('<quoted_str>', QUOTE, `(?:'[^'\\n]{0,400}'|"[^"\\n]{0,400}")`, { afterEquals: true }),
  rule('<bool>', LETTER, `(?:[Tt]rue|[Ff]alse|TRUE|FALSE)${END}`, { afterEquals: true, first: 'tTfF' }),
];

/** The rules that a text may need, by the code of the character they start with, in their order. */
const STARTING: Rule[][] = Array.from(CLASS, (kind, code) =>
  RULES.filter(({ starts, first }) => starts & kind && (first?.includes(String.fromCharCode(code)) ?? true)),
);
const NEEDS = [...new Set(RULES.flatMap(({ needs }) => needs ?? []))];

const isWord = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** @returns the text (its head, see `headOf`) with `<tokens>`, and what each token stood for, in order. */
export function parameterize(raw: string): { template: string; values: string[] } {
  const text = headOf(raw);
  const missing = NEEDS.filter((need) => !text.includes(need));
  const values: string[] = [];
  let template = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? CLASS[code]! : 0;
    const before = at === 0 ? 32 : text.charCodeAt(at - 1);
    if (kind === 0 || (kind !== QUOTE && kind !== COLON && isWord(before)) || (kind === COLON && before === 58)) {
      at++;
      continue;
    }
    let length = 0;
    for (const candidate of STARTING[code]!) {
      if (candidate.afterEquals && before !== 61) continue;
      if (candidate.needs !== undefined && missing.includes(candidate.needs)) continue;
      candidate.pattern.lastIndex = at;
      if (!candidate.pattern.test(text)) continue;
      length = candidate.pattern.lastIndex - at;
      values.push(text.slice(at, at + length));
      template += text.slice(copied, at) + candidate.token;
      copied = at + length;
      break;
    }
    if (length > 0) {
      at += length;
      continue;
    }
    at++;
    if (kind & (LETTER | DIGIT)) while (at < text.length && isWord(text.charCodeAt(at))) at++;
  }
  return { template: template + text.slice(copied), values };
}
