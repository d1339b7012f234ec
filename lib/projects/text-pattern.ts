/** As far as a text is looked at. */
const MAX_TEXT = 4096;

/**
 * Whether a text has the form of a pattern: `*` stands for anything, all else for itself, case aside. `anywhere`: the
 * pattern may stand in the middle of the text. Takes time in proportion to the text, whatever the pattern.
 */
export function matchesPattern(pattern: string, text: string, anywhere = false): boolean {
  const parts = pattern.toLowerCase().split('*');
  const value = text.slice(0, MAX_TEXT).toLowerCase();
  if (anywhere) {
    parts.unshift('');
    parts.push('');
  }
  const first = parts[0]!;
  const last = parts[parts.length - 1]!;
  if (parts.length === 1) return value === first;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  const end = value.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = value.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
