import type { Node, Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { findCostlyLines } from './costly-lines';

/** Something a person should look at; `line` counts from 1. */
export interface ImportWarning {
  line: number;
  message: string;
}

export interface Point {
  line: number;
  column: number;
}

/** A document as lines of its original text, with the tree whose positions point into them. */
export interface MarkdownSource {
  lines: string[];
  tree: Root;
  warnings: ImportWarning[];
  /** Lines the tree knows only as opaque text. */
  masked: ReadonlyMap<number, string>;
}

/** Characters of a stretch of plain text: what a guide section holds with room to spare. */
const REST_LENGTH = 800_000;

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml', 'toml']);

/** Drops a byte order mark and unifies line ends, so that the same words always make the same fields. */
export function normaliseText(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u0000', '\uFFFD');
}

/**
 * Parses Markdown. A Markdown parser takes quadratic time (or the whole stack) on some texts nobody writes by hand, so lines
 * that would cost that much are hidden from it and stand in the tree as plain words; `sliceSource` still returns them whole.
 */
export function parseMarkdown(text: string): MarkdownSource {
  const lines = normaliseText(text).split('\n');
  const { masked, warnings, parts, rest } = findCostlyLines(lines);
  const parsed = rest === null ? lines : lines.slice(0, rest - 1);
  const visible = parsed.map((line, index) => masked.get(index + 1) ?? line);
  try {
    return { lines, tree: withRest(parseParts(visible, parts), lines, rest), warnings, masked };
  } catch {
    const opaque = new Map(lines.map((line, index) => [index + 1, line.trim() === '' ? '' : 'text']));
    warnings.push({ line: 1, message: 'the Markdown could not be read; the document is kept as plain text' });
    return { lines, tree: processor.parse([...opaque.values()].join('\n')), warnings, masked: opaque };
  }
}

/** Adds the lines that were not parsed, as blocks of words under headings of their own that stand on no line. */
function withRest(tree: Root, lines: readonly string[], rest: number | null): Root {
  for (let from = rest; from !== null && from <= lines.length; ) {
    const start = from;
    let end = start;
    for (let length = lines[start - 1]?.length ?? 0; end < lines.length; end += 1) {
      length += (lines[end]?.length ?? 0) + 1;
      if (length > REST_LENGTH) break;
    }
    const position = {
      start: { line: start, column: 1 },
      end: { line: end, column: (lines[end - 1]?.length ?? 0) + 1 },
    };
    const title: RootContent = { type: 'text', value: 'Rest of this document' };
    tree.children.push({
      type: 'heading',
      depth: 2,
      children: [title],
      position: { ...position, end: position.start },
    });
    tree.children.push({ type: 'html', value: '', position });
    from = end + 1;
  }
  return tree;
}

/** Parses the parts of a text that begin at those lines, as one tree. */
function parseParts(lines: readonly string[], starts: readonly number[]): Root {
  const children = starts.flatMap((start, at) => {
    const part = processor.parse(lines.slice(start - 1, (starts[at + 1] ?? lines.length + 1) - 1).join('\n'));
    if (start > 1) moveDown(part, start - 1);
    return part.children;
  });
  return { type: 'root', children };
}

function moveDown(node: Node & { children?: Node[] }, lines: number): void {
  if (node.position) {
    node.position.start.line += lines;
    node.position.end.line += lines;
  }
  for (const child of node.children ?? []) moveDown(child, lines);
}

/** The text from `start` up to `end` (columns count from 1), later lines without the first `indent` columns of white space. */
export function sliceSource(source: MarkdownSource, start: Point, end: Point, indent = 0): string {
  const out: string[] = [];
  for (let line = start.line; line <= end.line; line += 1) {
    const text = source.lines[line - 1] ?? '';
    const whole = source.masked.has(line);
    const from = line === start.line && !whole ? start.column - 1 : 0;
    const to = line === end.line && !whole ? end.column - 1 : text.length;
    out.push(line === start.line ? text.slice(from, to) : dedent(text.slice(0, to), indent));
  }
  return out.join('\n');
}

/** Whole lines `from`–`to`, both included. */
export function sliceLines(source: MarkdownSource, from: number, to: number): string {
  return source.lines.slice(from - 1, to).join('\n');
}

/** Removes up to `columns` columns of leading white space; a tab reaches to the next multiple of four. */
function dedent(line: string, columns: number): string {
  let column = 0;
  let index = 0;
  while (column < columns && (line[index] === ' ' || line[index] === '\t')) {
    column = line[index] === '\t' ? column + 4 - (column % 4) : column + 1;
    index += 1;
  }
  return ' '.repeat(Math.max(0, column - columns)) + line.slice(index);
}
