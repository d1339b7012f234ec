import { ContainerCost } from './container-cost';
import type { ImportWarning } from './syntax-tree';

const LIMITS = { lineLength: 10_000, nesting: 40, indent: 120, marks: 600, containerCost: 2_000_000 };
/**
 * What a parser takes in microseconds on a slow machine: for each line and character, and once more for every line before it
 * in the same part, or dearer where it carries on a paragraph in a list or quotation; a heading begins a section that is read by
 * itself. Past the limit the rest of a document is not parsed at all.
 */
const COST = {
  line: 50,
  heading: 400,
  underline: 1_600,
  character: 0.3,
  lineBefore: 0.07,
  lazyBefore: 0.3,
  most: 3_000_000,
};
/** A document longer than this is parsed in parts, each from a heading on: what ends there costs the later parts nothing. */
const PART_LINES = 40;

const OPENER = /^[\s>]{0,120}(?:(?:[-+*]|\d{1,9}[.)])\s{1,4}){0,8}(`{3,}|~{3,})/;
const CLOSER = /^[\s>]{0,120}(`{3,}|~{3,})\s*$/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)\s*$/;
const CONTAINER = /^\s*(?:>|[-+*]\s|\d{1,9}[.)]\s)/;
/** Unlike words, these do not carry on a paragraph in the list before, which would cost as much again. */
const ENDS_LISTS = '<!---->';

/** Lines a parser should not see, and why. Line numbers count from 1. */
export interface CostlyLines {
  /** What the parser sees instead: blank inside a code block, where a word might end the list around it. */
  masked: Map<number, string>;
  warnings: ImportWarning[];
  /** Lines at which the parts begin that are to be parsed by themselves; the first is 1. */
  parts: number[];
  /** First line that is not to be parsed any more, because all before it took long enough; null for none. */
  rest: number | null;
}

/** Whether a Markdown parser would take too long over a text, or run out of stack. */
export const isCostlyMarkdown = (text: string): boolean => findCostlyLines(text.split('\n')).warnings.length > 0;

/** Finds the lines that make a Markdown parser slow: too long, nested too deeply, or too many of a kind. */
export function findCostlyLines(lines: readonly string[]): CostlyLines {
  const masked = new Map<number, string>();
  const warnings: ImportWarning[] = [];
  const hide = (line: number, why: string, asWhat = 'text') => {
    const continues = masked.has(line - 1);
    masked.set(line, continues ? 'text' : asWhat);
    const message = `${why}; kept as plain text`;
    if (!continues && warnings.at(-1)?.message !== message) warnings.push({ line, message });
  };
  const parts = [1];
  let containers = new ContainerCost();
  let containerCost = 0;
  let fence: string | null = null;
  let run: number[] = [];
  let marks = 0;
  let cost = 0;
  /** Lines since one with a mark of a list or quotation that no blank line has ended. */
  let lazy = 0;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (fence === null && line - (parts.at(-1) ?? 1) >= PART_LINES && /^#{1,6}\s/.test(text)) {
      parts.push(line);
      containers = new ContainerCost();
    }
    lazy = text.trim() === '' ? 0 : CONTAINER.test(text) ? 1 : lazy > 0 ? lazy + 1 : 0;
    cost += costOf(text, fence === null ? line - (parts.at(-1) ?? 1) : 0) + COST.lazyBefore * lazy;
    if (cost > COST.most) {
      warnings.push({ line, message: 'a very long document; from here on it is kept as plain text' });
      return { masked, warnings, parts, rest: line };
    }
    if (containerCost <= LIMITS.containerCost) {
      const ended = containers.add(text, fence !== null);
      // What the code block stood in has ended, and the block with it.
      if (ended > 0) fence = null;
      containerCost += ended;
    } else if (fence === null && CONTAINER.test(text)) {
      hide(line, 'very many lists or quotations', ENDS_LISTS);
      continue;
    }
    if (fence !== null) {
      if (CLOSER.exec(text.slice(0, 300))?.[1]?.startsWith(fence)) fence = null;
      else if (text.length > LIMITS.lineLength) masked.set(line, '');
      continue;
    }
    const opener = OPENER.exec(text.slice(0, 300))?.[1];
    if (opener !== undefined) {
      fence = opener;
      run = [];
      marks = 0;
      continue;
    }
    const excess = excessOf(text);
    if (excess !== null) {
      hide(line, excess);
      continue;
    }
    if (text.trim() === '' || /^\s*(?:[-+*>|#]|\d+[.)])\s/.test(text)) {
      run = [];
      marks = 0;
    }
    run.push(line);
    marks += text.match(/[*_~[\]`<]/g)?.length ?? 0;
    if (marks > LIMITS.marks) for (const at of run) hide(at, 'a paragraph with very many Markdown marks');
  }
  return { masked, warnings, parts, rest: null };
}

const costOf = (line: string, before: number): number =>
  (HEADING.test(line) ? COST.heading : UNDERLINE.test(line) ? COST.underline : COST.line) +
  COST.character * Math.min(line.length, LIMITS.lineLength) +
  COST.lineBefore * before;

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
