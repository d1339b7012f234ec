import { templateParts } from './place-values';

export interface TextPart {
  text: string;
  /** The place of the template that it stands at, as `<int>`; absent where the text is the same in every event. */
  token?: string;
}

const MAX_LENGTH = 2000;

/** `TypeError: ` before the message: the type is no part of the message's template. */
const TYPE_PREFIX = /^[A-Za-z_$][\w$.]{0,199}: /;

/**
 * Parts of a title that vary, from the template of its message: what stands where the template has a `<token>`. The
 * whole title is one fixed part when the template does not fit.
 */
export function variableParts(title: string, template: string): TextPart[] {
  const whole = [{ text: title }];
  if (!template || title.length > MAX_LENGTH) return whole;
  const { literals, tokens } = templateParts(template);
  if (tokens.length === 0) return whole;
  const first = literals[0] as string;
  const start = first === '' ? (TYPE_PREFIX.exec(title)?.[0].length ?? 0) : title.indexOf(first);
  if (start < 0) return whole;
  const parts: TextPart[] = [];
  const add = (text: string, token?: string) => {
    if (text) parts.push(token === undefined ? { text } : { text, token });
  };
  let at = start + first.length;
  add(title.slice(0, at));
  for (const [index, literal] of literals.slice(1).entries()) {
    const isLast = index === literals.length - 2;
    const found = literal === '' && isLast ? title.length : title.indexOf(literal, at);
    // Titles are cut; what is left is then all variable.
    if (found < 0) {
      add(title.slice(at), tokens[index]);
      return parts;
    }
    add(title.slice(at, found), tokens[index]);
    add(literal);
    at = found + literal.length;
  }
  add(title.slice(at));
  return parts;
}
