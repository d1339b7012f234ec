import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

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

const LIMITS = { lineLength: 10_000, nesting: 40, indent: 120, marks: 600 };
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
  const { masked, warnings } = findCostlyLines(lines);
  const visible = lines.map((line, index) => masked.get(index + 1) ?? line).join('\n');
  try {
    return { lines, tree: processor.parse(visible), warnings, masked };
  } catch {
    const opaque = new Map(lines.map((line, index) => [index + 1, line.trim() === '' ? '' : 'text']));
    warnings.push({ line: 1, message: 'the Markdown could not be read; the document is kept as plain text' });
    return { lines, tree: processor.parse([...opaque.values()].join('\n')), warnings, masked: opaque };
  }
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

/** Line numbers with what the parser sees instead: blank inside a code block, where a word might end the list around it. */
function findCostlyLines(lines: readonly string[]): { masked: Map<number, string>; warnings: ImportWarning[] } {
  const masked = new Map<number, string>();
  const warnings: ImportWarning[] = [];
  const hide = (line: number, why: string) => {
    const continues = masked.has(line - 1);
    masked.set(line, 'text');
    if (!continues) warnings.push({ line, message: `${why}; kept as plain text` });
  };
  let fence: string | null = null;
  let run: number[] = [];
  let marks = 0;
  lines.forEach((text, index) => {
    const line = index + 1;
    const opener = /^[\s>]{0,120}(?:(?:[-+*]|\d{1,9}[.)])\s{1,4}){0,8}(`{3,}|~{3,})/.exec(text.slice(0, 300))?.[1];
    if (fence !== null) {
      if (opener?.startsWith(fence) && text.trim() === opener) fence = null;
      else if (text.length > LIMITS.lineLength) masked.set(line, '');
      return;
    }
    if (opener !== undefined) {
      fence = opener;
      run = [];
      marks = 0;
      return;
    }
    const excess = excessOf(text);
    if (excess !== null) {
      hide(line, excess);
      return;
    }
    if (text.trim() === '' || /^\s*(?:[-+*>|#]|\d+[.)])\s/.test(text)) {
      run = [];
      marks = 0;
    }
    run.push(line);
    marks += text.match(/[*_~[\]`<]/g)?.length ?? 0;
    if (marks > LIMITS.marks) for (const at of run) hide(at, 'a paragraph with very many Markdown marks');
  });
  return { masked, warnings };
}

function excessOf(text: string): string | null {
  if (text.length > LIMITS.lineLength) return `a line of ${text.length} characters`;
  return nestingOf(text) > LIMITS.nesting ? 'a list or quotation nested too deeply' : null;
}

function nestingOf(line: string): number {
  let depth = 0;
  let column = 0;
  for (const match of line.slice(0, 2000).matchAll(/\s|>|(?:[-+*]|\d{1,9}[.)])(?=\s)/gy)) {
    if (match[0].trim() === '') column += 1;
    else depth += 1;
  }
  return column > LIMITS.indent ? Number.POSITIVE_INFINITY : depth;
}
