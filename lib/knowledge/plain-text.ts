const FENCE = /^[ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?(`{3,}|~{3,})/;
const RULE = /^[\s|:*_=-]{3,}$/;
/** Marks that begin a line: quotations, headings, list items with their boxes. */
const LEADING = /^[ \t]*(?:>[ \t]?){0,40}(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?/;
const LINK = /!?\[([^\][]{1,500})\]\(([^()\s]{1,2000})\)/g;
const EMPHASIS = /(^|[\s(["'])[*~]{1,3}(?=[^\s*~])|(?<=[^\s*~/])[*~]{1,3}(?=$|[\s.,;:!?)\]"'])/g;

/**
 * The words of a Markdown text, line by line, as a list of hits shows them: without fences, headings, bullets and emphasis.
 * Code keeps every character, links keep their address. Takes linear time on any text, which a Markdown parser does not.
 */
export function plainText(markdown: string): string {
  const out: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim().endsWith(mark)) fence = null;
      else out.push(line);
    } else if (mark) fence = mark;
    else if (!RULE.test(line)) out.push(withoutMarks(line));
  }
  return out.join('\n');
}

function withoutMarks(line: string): string {
  const text = line.replace(LEADING, '');
  const inTable = /^\s*\|/.test(text);
  return text
    .split(/`+/)
    .map((part, at) => (at % 2 === 1 ? part : withoutEmphasis(inTable ? part.replaceAll('|', ' ') : part)))
    .join('');
}

const withoutEmphasis = (text: string): string => text.replace(LINK, '$1 $2').replace(EMPHASIS, '$1');
