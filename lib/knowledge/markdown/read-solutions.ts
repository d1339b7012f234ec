import type { List, ListItem } from 'mdast';
import type { Solution } from '../entry-schema';
import { itemPieces, joinPieces, type Piece } from './outline';
import type { MarkdownSource } from './syntax-tree';

/** One stretch of solution text under one label or heading. */
export interface SolutionPart {
  title: string;
  /** The label says that this is one way, step by step. */
  steps: boolean;
  pieces: Piece[];
}

/**
 * Ways to solve it, in order. A list whose items each have a title and content of their own (`1. **Port in use**:` and a
 * command) is a choice, one solution an item; any other list is the steps of one solution.
 */
export function readSolutions(source: MarkdownSource, parts: readonly SolutionPart[]): Solution[] {
  return parts.flatMap(({ title, steps, pieces }) => {
    const list = pieces.find((piece) => piece.node?.type === 'list' && isChoice(source, piece.node));
    if (steps || !list) {
      const text = joinPieces(pieces);
      return title === '' && text === '' ? [] : [{ title, steps: text }];
    }
    return choices(source, title, pieces);
  });
}

function choices(source: MarkdownSource, title: string, pieces: readonly Piece[]): Solution[] {
  const solutions: Solution[] = [];
  let loose: Piece[] = [];
  const settle = () => {
    const text = joinPieces(loose);
    loose = [];
    if (text === '') return;
    const last = solutions.at(-1);
    if (last) last.steps = [last.steps, text].filter(Boolean).join('\n\n');
    else solutions.push({ title, steps: text });
  };
  for (const piece of pieces) {
    if (piece.node?.type !== 'list' || !isChoice(source, piece.node)) {
      loose.push(piece);
      continue;
    }
    settle();
    const lead = title === '' || solutions.length > 0 ? '' : `${title}: `;
    for (const item of piece.node.children) {
      const choice = readChoice(source, item);
      if (choice) solutions.push({ title: `${lead}${choice.title}`, steps: choice.steps });
    }
  }
  settle();
  return solutions;
}

const isChoice = (source: MarkdownSource, list: List): boolean => {
  const titled = list.children.filter((item) => item.children.length > 1 && titleOf(source, item) !== null).length;
  return list.children.length > 0 && titled * 10 >= list.children.length * 6;
};

const readChoice = (source: MarkdownSource, item: ListItem): Solution | null => {
  const pieces = itemPieces(source, item);
  const title = titleOf(source, item);
  if (title === null) {
    const text = joinPieces(pieces);
    return text === '' ? null : { title: '', steps: text };
  }
  const [first, ...rest] = pieces;
  const more = first!.text.split('\n').slice(1).join('\n');
  const own = more.trim() === '' ? [] : [{ ...first!, text: more, line: first!.line + 1, node: undefined }];
  return { title, steps: joinPieces([...own, ...rest]) };
};

/** The first line of an item, when it names what follows: bold (with an aside in brackets) or ended by a colon. */
export function titleOf(source: MarkdownSource, item: ListItem): string | null {
  const first = itemPieces(source, item)[0];
  if (first?.node?.type !== 'paragraph') return null;
  const line = first.text.split('\n')[0]!.trim();
  if (line.length > 200) return null;
  const bold = /^(?:\*\*|__)([^*]+?)(?:\*\*|__)\s*([([][^)\]]*[)\]])?\s*[:：]?$/.exec(line);
  if (bold)
    return `${bold[1]!} ${bold[2] ?? ''}`
      .trim()
      .replace(/[:：]$/, '')
      .trim();
  return /[:：]$/.test(line) ? line.replace(/[:：]$/, '').trim() : null;
}
