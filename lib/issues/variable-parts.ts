export interface TextPart {
  text: string;
  /** Whether this differs from event to event. */
  variable: boolean;
}

const MAX_LENGTH = 2000;

/**
 * Parts of a title that vary, from the template of its message: what stands where the template has a `<token>`. The
 * whole title is one fixed part when the template does not fit.
 */
export function variableParts(title: string, template: string): TextPart[] {
  const whole = [{ text: title, variable: false }];
  if (!template || title.length > MAX_LENGTH) return whole;
  const literals = template.split(/<[a-z_*]{1,30}>/);
  if (literals.length < 2) return whole;
  const start = title.indexOf(literals[0] as string);
  if (start < 0) return whole;
  const parts: TextPart[] = [];
  const add = (text: string, variable: boolean) => {
    if (text) parts.push({ text, variable });
  };
  let at = start + (literals[0] as string).length;
  add(title.slice(0, at), false);
  for (const [index, literal] of literals.slice(1).entries()) {
    const isLast = index === literals.length - 2;
    const found = literal === '' && isLast ? title.length : title.indexOf(literal, at);
    // Titles are cut; what is left is then all variable.
    if (found < 0) {
      add(title.slice(at), true);
      return parts;
    }
    add(title.slice(at, found), true);
    add(literal, false);
    at = found + literal.length;
  }
  add(title.slice(at), false);
  return parts;
}
