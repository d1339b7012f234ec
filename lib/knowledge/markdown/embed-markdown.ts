import { toString as plainText } from 'mdast-util-to-string';
import { scanBlocks } from './block-scan';
import { parseMarkdown } from './syntax-tree';

/** Markdown of a field, made to fit into a larger document. */
export interface Embedded {
  text: string;
  /** Words of its headings, in order: they take part in the document's anchors. */
  headings: string[];
}

/**
 * Fits Markdown under a heading of the level above `level`: its own headings move down so that the topmost has `level`,
 * and a code block or HTML left open is closed. Everything else stays byte for byte (line ends become `\n`, blank lines
 * around it go). Embedding what was embedded before changes nothing.
 */
export function embedMarkdown(markdown: string, level: number): Embedded {
  const lines: (string | null)[] = markdown.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  while (lines.length > 1 && lines[0]?.trim() === '') lines.shift();
  const { headings, openFence, openHtml } = scanBlocks(lines as string[]);
  const shift = headings.reduce((most, heading) => Math.min(most, heading.level), 6);
  for (const heading of headings) {
    const marks = '#'.repeat(Math.min(6, heading.level + Math.max(0, level - shift)));
    const marked = /^ {0,3}#{1,6}/;
    lines[heading.line] =
      heading.line === heading.endLine
        ? (lines[heading.line] ?? '').replace(marked, marks)
        : `${marks} ${heading.words}`;
    for (let line = heading.line + 1; line <= heading.endLine; line += 1) lines[line] = null;
  }
  if (openFence) lines.push(openFence);
  for (const line of openHtml) lines[line] = (lines[line] ?? '').replace('<', '\\<');
  return {
    text: lines.filter((line) => line !== null).join('\n'),
    headings: headings.map((heading) => wordsOf(heading.words)),
  };
}

/** A heading's words without Markdown marks. */
const wordsOf = (markdown: string): string =>
  /[\\`*_[\]<&~!:]|www\./.test(markdown) ? plainText(parseMarkdown(`# ${markdown}`).tree) : markdown;
