import type { Code, Heading, Html, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown } from '../knowledge/markdown/syntax-tree';

/** Markdown of a field, made to fit into a larger document. */
export interface Embedded {
  text: string;
  /** Words of its headings, in order: they take part in the document's anchors. */
  headings: string[];
}

/** Lines that could be headings, start HTML, or hold a fence. Anything else fits as it is. */
const RISKY = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|=|-[- \t]*$|`{3}|~{3}|<[!?/a-z])/im;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** HTML that only ends with its own mark, not with a blank line. */
const ENDLESS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
];

/**
 * Fits Markdown under a heading of the level above `level`: its own headings move down so that the topmost has `level`,
 * and a code block or HTML left open is closed. Everything else stays byte for byte (line ends become `\n`, blank lines
 * around it go). Embedding what was embedded before changes nothing.
 */
export function embedMarkdown(markdown: string, level: number): Embedded {
  const trimmed = markdown
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  if (!RISKY.test(withoutSimpleBlocks(trimmed))) return { text: trimmed, headings: [] };
  // The blank line keeps a leading `---` from being read as front matter, which it is not inside a document.
  const { tree, lines } = parseMarkdown(`\n${trimmed}`);
  const out: (string | null)[] = [...lines];
  const headings = tree.children.filter((node) => node.type === 'heading');
  const shift = Math.max(0, level - Math.min(...headings.map((heading) => heading.depth)));
  for (const heading of headings) moveHeading(out, heading, Math.min(6, heading.depth + shift));
  const last = tree.children.at(-1);
  if (last?.type === 'code') closeFence(out, last);
  if (last?.type === 'html') disarm(out, last);
  const text = out.filter((line) => line !== null).join('\n');
  return { text: text.replace(/^\n+/, ''), headings: headings.map((heading) => plainText(heading)) };
}

const startLine = (node: RootContent): number => (node.position?.start.line ?? 1) - 1;
const endLine = (node: RootContent): number => (node.position?.end.line ?? 1) - 1;

function moveHeading(out: (string | null)[], heading: Heading, depth: number): void {
  const from = startLine(heading);
  const to = endLine(heading);
  const marks = '#'.repeat(depth);
  if (from === to) {
    out[from] = (out[from] ?? '').replace(/^ {0,3}#{1,6}/, marks);
    return;
  }
  // Underlined: it has only two levels, so it gets marks instead.
  const words = out.slice(from, to).map((line) => line?.trim());
  out[from] = `${marks} ${words.join(' ')}`;
  for (let line = from + 1; line <= to; line += 1) out[line] = null;
}

function closeFence(out: (string | null)[], code: Code): void {
  const opener = FENCE.exec(out[startLine(code)] ?? '')?.[1];
  if (!opener) return;
  const end = endLine(code);
  const closing = end > startLine(code) ? (out[end] ?? '') : '';
  const closed = FENCE.exec(closing)?.[1];
  if (closed?.startsWith(opener) && closing.trim() === closed) return;
  out.push(opener);
}

function disarm(out: (string | null)[], html: Html): void {
  const start = startLine(html);
  const first = out[start] ?? '';
  const kind = ENDLESS.find(([opens]) => opens.test(first));
  if (!kind) return;
  const rest = [first.replace(/^ {0,3}<!?/, ''), ...out.slice(start + 1)].join('\n');
  if (!kind[1].test(rest)) out[start] = first.replace('<', '\\<');
}

/** The text without its plainest code blocks (```` ``` ```` at the start of a line), which need no parser to be understood. */
function withoutSimpleBlocks(text: string): string {
  const kept: string[] = [];
  let held: string[] | null = null;
  for (const line of text.split('\n')) {
    if (held) {
      held.push(line);
      if (/^```[ \t]*$/.test(line)) held = null;
    } else if (/^```(?:[^`]*)$/.test(line)) held = [line];
    else kept.push(line);
  }
  return [...kept, ...(held ?? [])].join('\n');
}
