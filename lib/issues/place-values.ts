/** The variable places of a message template, and what stood there in one message. */

const TOKEN = /<(?:[a-z_]{1,30}|\*)>/g;
const MAX_TEXT = 4096;
const MAX_VALUE = 200;

/** A template in its parts: one literal more than tokens. */
export interface TemplateParts {
  literals: string[];
  /** As they stand: `<int>`, `<*>`. */
  tokens: string[];
}

export function templateParts(template: string): TemplateParts {
  // Templates are cut for storing, which is marked so.
  const whole = template.endsWith('…') ? template.slice(0, -1) : template;
  return { literals: whole.split(TOKEN), tokens: whole.match(TOKEN) ?? [] };
}

/** The text whose template is that of the issue: the first of these that fits it. */
export function fittingValues(texts: readonly string[], parts: TemplateParts): string[] | null {
  for (const text of texts) {
    const values = placeValues(text, parts);
    if (values) return values;
  }
  return null;
}

/** What stands at each token of the template in a text; null when the text does not have its form. */
export function placeValues(text: string, { literals, tokens }: TemplateParts): string[] | null {
  const line = text.slice(0, MAX_TEXT);
  const start = line.indexOf(literals[0]!);
  if (tokens.length === 0 || start < 0) return null;
  const values: string[] = [];
  let at = start + literals[0]!.length;
  for (const [index] of tokens.entries()) {
    const literal = literals[index + 1]!;
    const isLast = index === tokens.length - 1;
    const end = isLast && literal === '' ? endOfLine(line, at) : line.indexOf(literal, at + 1);
    if (end < 0) return null;
    values.push(line.slice(at, end).slice(0, MAX_VALUE));
    at = end + literal.length;
  }
  return values;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The pattern of messages that have a value at one place of the template; `*` is anything. */
export function placePattern({ literals, tokens }: TemplateParts, place: number, value: string): string {
  const body = literals.map((literal, index) => {
    const filled = index === place ? value : '*';
    return index < tokens.length ? `${literal}${filled}` : literal;
  });
  const pattern = body.join('').trim();
  // Messages may go on after what their template is made of.
  return `${pattern}${place === tokens.length - 1 && literals.at(-1) === '' ? '' : '*'}`.replace(/\*{2,}/g, '*');
}

const NAMES: readonly (readonly [name: string, form: RegExp])[] = [
  ['<num>', /^[-+]?\d{1,20}(?:[.,]\d{1,20})?$/],
  ['<ip>', /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$/],
  ['<url>', /^https?:\/\//],
  ['<path>', /^(?:[A-Za-z]:)?[\\/]|^[^\s/]{1,100}\/[^\s/]{1,100}\//],
  ['<id>', /^(?:0x)?[0-9a-fA-F][0-9a-fA-F-]{7,}$/],
];

/** What to call a place: its token where that says something, else by the form of a value that stands there. */
export function placeName(token: string, value: string): string {
  if (token !== '<*>') return token;
  return NAMES.find(([, form]) => form.test(value.slice(0, MAX_VALUE)))?.[0] ?? token;
}
