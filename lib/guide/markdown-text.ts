/** Pieces of Markdown made from plain text. */

const MARKS = /[`*[\]<]|\\(?=[!-/:-@[-`{-~])|&(?=#|[a-zA-Z0-9]{1,32};)|(?<=^|\s)#(?=#*$)/g;

/** Plain text on one line: every run of white space and control characters is one space. */
export const flat = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

/** The same, escaped only where it would otherwise be read as Markdown or HTML. */
export function inline(text: string): string {
  // `zh_core_web_sm` is no emphasis in GitHub's Markdown; `_so_` is.
  const words = flat(text);
  const strikable = words.split('~').length > 2;
  return words
    .replace(MARKS, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/~/g, strikable ? '\\~' : '~');
}

/** Text in a code span, whatever backticks it holds. Line breaks become spaces, as in any code span. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const mark = '`'.repeat(longestRun(line, '`') + 1);
  const pad = mark.length > 1 || /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return line.trim() === '' ? '` `' : `${mark}${pad}${line}${pad}${mark}`;
}

/** A fenced code block that its content cannot close. */
export function codeBlock(code: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code, '`') + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

/** Markdown as a list item: further lines stand under the first one's text. */
export const listItem = (markdown: string, marker = '-'): string =>
  `${marker} ${markdown.replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length > 2 ? 2 : marker.length + 1)}`)}`;

/** An address as a link where it is one, else as code (a test's name, a rule). */
export const reference = (text: string): string =>
  /^https?:\/\/[^\s<>]+$/.test(text.trim()) ? `<${text.trim()}>` : codeSpan(text.trim());

function longestRun(text: string, mark: string): number {
  let longest = 0;
  let run = 0;
  for (const character of text) {
    run = character === mark ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
