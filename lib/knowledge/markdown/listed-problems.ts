import type { List, ListItem, Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { type LabelIndex, type LabelMatch, matchLabel, normaliseLabel } from './field-labels';
import type { Fragment } from './fragments';
import { readHeading } from './heading-shape';
import { collectsProblems, isAboutDocument, isQuestion, namesSort, tellsOfTrouble } from './heading-topic';
import { cellPiece, type Segment, segmentPieces } from './label-segments';
import { itemPieces, type Piece, type Section } from './outline';
import { titleOf as itemTitle } from './read-solutions';
import type { MarkdownSource } from './syntax-tree';

/** A problem without a heading of its own: a table row, or one of several `**Problem**: …` in one text. */
export interface ListedProblem {
  title: string;
  /** How it stands in the document, where its title alone does not lead there. */
  source?: string;
  line: number;
  fragments: Fragment[];
}

export interface ListedProblems {
  problems: ListedProblem[];
  /** Blocks that are wholly in them. */
  pieces: Piece[];
}

const NONE: ListedProblems = { problems: [], pieces: [] };

/** Rows of tables whose columns are a problem and its cause or solution. */
export function problemsInTables(source: MarkdownSource, section: Section, index: LabelIndex): ListedProblems {
  return collect(section, (piece) => (piece.node?.type === 'table' ? tableProblems(source, piece.node, index) : []));
}

/** The problems that blocks hold, and the blocks that hold any. */
function collect(section: Section, problemsOf: (piece: Piece) => ListedProblem[]): ListedProblems {
  const found = section.blocks.map((piece) => ({ piece, problems: problemsOf(piece) }));
  return {
    problems: found.flatMap(({ problems }) => problems),
    pieces: found.filter(({ problems }) => problems.length > 0).map(({ piece }) => piece),
  };
}

function tableProblems(source: MarkdownSource, table: Table, index: LabelIndex): ListedProblem[] {
  const [header, ...rows] = table.children;
  const labels = header?.children.map((cell) => matchLabel(plainText(cell), index)) ?? [];
  const fields = labels.map((label) => label?.field ?? null);
  const titleAt = Math.max(0, fields.indexOf('symptoms'));
  const isProblem = fields[titleAt] === 'symptoms' || (fields[titleAt] === 'number' && fields.includes('root_cause'));
  if (!isProblem || !(fields.includes('solutions') || fields.includes('root_cause')) || rows.length < 2) return [];
  const codeAt = fields.indexOf('number');
  return rows.flatMap((row) => {
    const cellText = (at: number) =>
      plainText(row.children[at] ?? { type: 'text', value: '' })
        .replace(/\s+/g, ' ')
        .trim();
    const words = cellText(titleAt);
    if (words === '') return [];
    // A code of its own belongs to the name: `GW-1001: Upstream did not answer`.
    const code = codeAt < 0 || codeAt === titleAt ? '' : cellText(codeAt);
    const title = /^[\w.-]{2,40}$/.test(code) && /\d|_/.test(code) ? `${code}: ${words}` : words;
    const fragments = row.children.flatMap((cell, at): Fragment[] => {
      const piece = cellPiece(source, cell);
      if (piece.text.trim() === '') return [];
      const label = labels[at] ?? null;
      const name = plainText(header!.children[at] ?? { type: 'text', value: '' });
      return [{ field: label?.field ?? 'notes', label: label?.label ?? name, rest: '', steps: false, pieces: [piece] }];
    });
    const cells = row.children.map((cell) => cellPiece(source, cell).text.trim());
    return [{ title: title.slice(0, 300), source: cells.join(' | '), line: row.position!.start.line, fragments }];
  });
}

/** Problems told one after another in one text, each begun by the same label. What stands before the first stays where it is. */
export function problemsInText(source: MarkdownSource, section: Section, index: LabelIndex): ListedProblems {
  const segments = segmentPieces(source, section.blocks, index);
  const opener = segments.find((segment) => segment.label?.field === 'symptoms')?.label;
  if (!opener) return NONE;
  const groups: Segment[][] = [];
  for (const segment of segments) {
    if (segment.label && opens(segment.label, opener)) groups.push([segment]);
    else groups.at(-1)?.push(segment);
  }
  if (groups.length < 2) return NONE;
  const problems = groups.map((group) => ({
    title: titleOf(group),
    line: group[0]!.line,
    fragments: group.map(toFragment),
  }));
  return { problems, pieces: section.blocks.filter((piece) => piece.endLine >= groups[0]![0]!.line) };
}

const opens = (label: LabelMatch, opener: LabelMatch): boolean =>
  normaliseLabel(label.label).replace(/ \d+$/, '') === normaliseLabel(opener.label).replace(/ \d+$/, '');

function titleOf(group: readonly Segment[]): string {
  const piece = group[0]!.pieces.find((one) => one.text.trim() !== '');
  const line =
    piece?.text.split('\n').find((text) => /[\p{L}\p{N}]/u.test(text) && !/^\s*(?:`{3}|~{3})/.test(text)) ?? '';
  const words = line
    .replace(/[*_`]+/g, '')
    .replace(/^\s*(?:[-+*]|\d+[.)])\s+/, '')
    .trim();
  if (words === '') return group[0]!.label!.label.slice(0, 200);
  // `The worker exits with` says little without the text it exits with.
  const code = group[0]!.pieces.find((one) => one.node?.type === 'code')?.node;
  const text = code?.type === 'code' ? (code.value.split('\n').find((one) => one.trim() !== '') ?? '').trim() : '';
  const isOpen = /(?:[:：]|\b(?:with|saying|says|prints|shows|reads|by|like this))$/i.test(words);
  return (isOpen && text !== '' ? `${words.replace(/[:：]$/, '')}: ${text}` : words.replace(/\.$/, '')).slice(0, 200);
}

const toFragment = (segment: Segment): Fragment => ({
  field: segment.label?.field ?? 'body',
  label: segment.label?.label ?? null,
  rest: segment.label?.field === 'solutions' ? segment.label.rest : '',
  steps: segment.label?.reading === 'steps',
  pieces: segment.pieces,
});

/** Items of a list beneath `Common issues`, where most of them are titled by a problem. */
export function problemsInLists(source: MarkdownSource, section: Section, index: LabelIndex): ListedProblems {
  const chapter = [section, section.parent].some(
    (one) => one !== null && one.depth > 0 && (collectsProblems(one.heading) || namesSort(one.heading)),
  );
  const collected = chapter && !isAboutDocument(section.heading);
  return collect(section, ({ node }) => {
    if (node?.type !== 'list') return [];
    const labelled = labelledItems(source, node, index);
    return labelled.length > 0 || !collected ? labelled : titledItems(source, node, index);
  });
}

/** Items that begin with `**Problem**: …` and go on with a cause or a solution, wherever they stand. */
function labelledItems(source: MarkdownSource, list: List, index: LabelIndex): ListedProblem[] {
  const items = list.children.map((item) => segmentPieces(source, itemPieces(source, item), index));
  const isProblem = ([first, ...others]: readonly Segment[]) =>
    first?.label?.field === 'symptoms' &&
    others.some(({ label }) => label?.field === 'solutions' || label?.field === 'root_cause');
  if (items.length < 2 || !items.every(isProblem)) return [];
  return items.map((group) => ({ title: titleOf(group), line: group[0]!.line, fragments: group.map(toFragment) }));
}

function titledItems(source: MarkdownSource, list: List, index: LabelIndex): ListedProblem[] {
  const items = list.children.map((item) => readItem(source, item, index));
  const telling = items.filter(
    (item) => item !== null && (isProblemTitle(item.title) || isCured(item.fragments)),
  ).length;
  if (items.length < 2 || items.includes(null) || telling * 10 < items.length * 6) return [];
  return items.flatMap((item) =>
    item
      ? [
          {
            title: item.title,
            source: item.source,
            line: item.line,
            fragments: item.fragments,
          },
        ]
      : [],
  );
}

const isProblemTitle = (title: string): boolean =>
  tellsOfTrouble(title) || isQuestion(title) || ['quoted', 'problem'].includes(readHeading(title).kind);

interface Item {
  title: string;
  /** The whole item, where its title alone does not lead there. */
  source?: string;
  line: number;
  fragments: Fragment[];
}

/** What follows the title says why or what to do. */
const isCured = (fragments: readonly Fragment[]): boolean =>
  fragments.some(({ field }) => field === 'solutions' || field === 'root_cause');

/** `Login loops → clear the cookies`. */
function curedItem(problem: string, cure: string, source: string, { line }: Piece): Item {
  const pieces = [{ text: cure, line, endLine: line }];
  const fragments: Fragment[] = [{ field: 'solutions', label: null, rest: '', steps: false, pieces }];
  return { title: problem.replace(/[*_`]+/g, ''), source, line, fragments };
}

/** `**Port in use**` with what follows it, on the same line or beneath. */
function readItem(source: MarkdownSource, item: ListItem, index: LabelIndex): Item | null {
  const [first, ...rest] = itemPieces(source, item);
  if (first?.node?.type !== 'paragraph') return null;
  const [line = '', ...more] = first.text.split('\n');
  const arrow = /^(.{3,200}?)\s+(?:→|=>|⇒|⟶|➜|->)\s+(.+)$/.exec(line);
  if (arrow && rest.length === 0 && more.length === 0 && !/#\d/.test(arrow[1]!))
    return curedItem(arrow[1]!, arrow[2]!, line, first);
  const inline = /^(?:\*\*|__)([^*]{3,200}?)[:：]?(?:\*\*|__)\s*(?:[:：]|[-–—]\s)?\s*(.+)$/.exec(line);
  const title = itemTitle(source, item) ?? inline?.[1];
  const label = title ? matchLabel(title, index) : null;
  // `Error: it will not start` is a problem, `Error:` the label of one.
  if (!title || (label && (label.field !== 'symptoms' || label.rest === ''))) return null;
  const own = [itemTitle(source, item) ? '' : line, ...more].filter((text, at) => at > 0 || text !== '').join('\n');
  const pieces = own.trim() === '' ? rest : [{ text: own, line: first.line, endLine: first.endLine }, ...rest];
  if (pieces.length === 0) return null;
  return {
    title: title.replaceAll('`', ''),
    line: first.line,
    fragments: segmentPieces(source, pieces, index).map(toFragment),
  };
}
