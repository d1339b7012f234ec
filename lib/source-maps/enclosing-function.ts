/** What encloses a line of JavaScript or TypeScript, by indentation: good for source as people write it. Pure. */

const FAR = 400;
const MAX_LINE = 300;
const NOT_METHODS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'with',
  'do',
  'else',
  'new',
]);

const DECLARED = /\bfunction\s{0,4}\*?\s{0,4}([A-Za-z_$][\w$]{0,99})\s{0,4}[(<]/;
const ASSIGNED =
  /([A-Za-z_$][\w$]{0,99})\s{0,4}(?::[^=]{0,120})?[=:]\s{0,4}(?:async\s{1,4})?(?:function\b|[A-Za-z_$][\w$]{0,60}\s{0,4}=>|\([^()]{0,160}\)[^=]{0,60}=>|\($)/;
const METHOD = /^(?:[a-z]{3,9} ){0,4}\*?#?([A-Za-z_$][\w$]{0,99})\s{0,4}(?:<[^<>]{0,60}>)?\([^;]{0,240}\{$/;

const LIST_OPENED = /([A-Za-z_$][\w$]{0,99})\s{0,4}(?:<[^<>]{0,60}>)?\($/;

/** Name of the function that a line opens, if it opens one. */
function opened(line: string): string | undefined {
  const declared = DECLARED.exec(line)?.[1] ?? ASSIGNED.exec(line)?.[1];
  if (declared) return declared;
  const method = METHOD.exec(line)?.[1];
  return method && !NOT_METHODS.has(method) && !/=>/.test(line) ? method : undefined;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const clip = (line: string): string => (line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line);

/**
 * Name of the function around a place.
 * @param line counts from 0. @param column of the place, from 0. @returns undefined at the top level, or when nothing says it.
 */
export function enclosingFunction(lines: readonly string[], line: number, column: number): string | undefined {
  const own = clip(lines[line] ?? '');
  const before = own.slice(0, column).trim();
  const inline = opened(before) ?? opened(before.slice(0, before.lastIndexOf('{') + 1));
  if (inline) return inline;
  let indent = indentOf(own);
  /** Margin of a parameter list over several lines, whose end was passed. */
  let listAt = -1;
  for (let at = line - 1; at >= 0 && line - at <= FAR && indent > 0; at--) {
    const text = clip(lines[at]!);
    const trimmed = text.trim();
    const margin = indentOf(text);
    if (trimmed === '' || margin >= indent) continue;
    const name = opened(trimmed) ?? (margin === listAt ? LIST_OPENED.exec(trimmed)?.[1] : undefined);
    if (name) return name;
    if (/^\).{0,200}\{$/.test(trimmed)) listAt = margin;
    else if (!/^[)\]}]/.test(trimmed)) indent = margin;
  }
  return undefined;
}
