/** As far as a text is looked at. */
const MAX_TEXT = 4096;

/**
 * A test whether a text has the form of a pattern: `*` stands for anything, all else for itself, case aside. `anywhere`:
 * the pattern may stand in the middle of the text. Takes time in proportion to the text, whatever the pattern.
 */
export function compilePattern(pattern: string, anywhere = false): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  if (anywhere) {
    parts.unshift('');
    parts.push('');
  }
  const first = parts[0]!;
  const last = parts[parts.length - 1]!;
  if (parts.length === 1) return (text) => text.slice(0, MAX_TEXT).toLowerCase() === first;
  const between = parts.slice(1, -1);
  return (text) => {
    const value = text.slice(0, MAX_TEXT).toLowerCase();
    if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
    const end = value.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = value.indexOf(part, at);
      if (found === -1 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** As `compilePattern`, for a single look. */
export const matchesPattern = (pattern: string, text: string, anywhere = false): boolean =>
  compilePattern(pattern, anywhere)(text);
