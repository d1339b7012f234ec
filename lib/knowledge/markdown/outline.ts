import type { Heading, ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { type LabelIndex, matchLabel } from './field-labels';
import { readHeading } from './heading-shape';
import { isQuestion, tellsOfTrouble } from './heading-topic';
import { type MarkdownSource, sliceSource } from './syntax-tree';

/** A block, or the part of a paragraph that belongs to one label. `text` is its source, free of the indent around it. */
export interface Piece {
  text: string;
  line: number;
  endLine: number;
  node?: RootContent;
}

/** A heading with what stands beneath it. The document itself is the section of depth 0. */
export interface Section {
  depth: number;
  /** Words of the heading, without Markdown marks. */
  heading: string;
  /** The heading as Markdown where it links somewhere, else its words. */
  written: string;
  /** It quotes a text in code: `x509: certificate signed by unknown authority`. */
  quotes: boolean;
  line: number;
  /** Last line of the heading itself. */
  headingEnd: number;
  blocks: Piece[];
  children: Section[];
  parent: Section | null;
  /** The paragraph that was read as a heading (`**Q: …**`), where no heading was written. */
  standIn: Piece | null;
}

/** Deeper than any heading Markdown has. */
const STAND_IN_DEPTH = 7;

export function buildOutline(source: MarkdownSource, index: LabelIndex): Section {
  const root = newSection(0, '', 0, 0, null);
  const standIns = findStandIns(source.tree.children, index);
  let current = root;
  for (const node of source.tree.children) {
    const piece = pieceOf(source, node);
    const standIn = standIns.get(node);
    const html = node.type === 'html' ? HTML_HEADING.exec(node.value.slice(0, 1000)) : null;
    if (html) {
      current = open(current, Number(html[1]), html[2]!.trim(), piece);
    } else if (node.type === 'heading') {
      current = open(current, node.depth, headingWords(node), piece);
      if (linksIn(node).length > 0) current.written = writtenHeading(piece);
      current.quotes = node.children.some(
        (child) => child.type === 'inlineCode' && /^[^-$].*\s\S+\s/.test(child.value),
      );
    } else if (standIn) {
      const { first, rest } = splitStandIn(piece);
      current = open(current, STAND_IN_DEPTH, standIn, first);
      current.standIn = first;
      if (rest.text.trim() !== '') current.blocks.push(rest);
    } else if (node.type === 'html' && current.standIn && FOLD_END.test(node.value)) {
      // What comes after the fold is about something else.
      const kept = node.value.replace(FOLD_END, '').trim();
      if (kept !== '') current.blocks.push({ ...piece, text: kept });
      current = current.parent ?? current;
    } else {
      current.blocks.push(piece);
    }
  }
  adoptSiblings(root, index);
  return root;
}

/** `<h2 align="center">Known problems</h2>`. */
const HTML_HEADING = /^<h([1-6])(?:\s[^<>]{0,300})?>([^<>]{2,300})<\/h\1>$/i;
const FOLD_END = /\s*<\/details>\s*$/i;

/** The lines that do the heading's work, and what stands in the same block after them. */
function splitStandIn(piece: Piece): { first: Piece; rest: Piece } {
  const summaryEnd = piece.node?.type === 'html' ? piece.text.search(/<\/summary>/i) : -1;
  const cut = summaryEnd < 0 ? piece.text.indexOf('\n') : summaryEnd + '</summary>'.length;
  const head = cut < 0 ? piece.text : piece.text.slice(0, cut);
  const tail = cut < 0 ? '' : piece.text.slice(cut);
  const line = piece.line + head.split('\n').length - 1;
  const startsLine = tail.startsWith('\n');
  const text = tail.replace(/^\n/, '').replace(/^:[ \t]+/, '');
  return {
    first: { text: head, line: piece.line, endLine: line, node: undefined },
    rest: {
      text: summaryEnd < 0 ? text : text.replace(FOLD_END, ''),
      line: startsLine ? line + 1 : line,
      endLine: piece.endLine,
    },
  };
}

function open(current: Section, depth: number, heading: string, piece: Piece): Section {
  let parent = current;
  while (parent.depth >= depth && parent.parent) parent = parent.parent;
  const section = newSection(depth, heading, piece.line, piece.endLine, parent);
  parent.children.push(section);
  return section;
}

const newSection = (
  depth: number,
  heading: string,
  line: number,
  headingEnd: number,
  parent: Section | null,
): Section => ({
  ...{ depth, heading, written: heading, quotes: false, line, headingEnd, parent },
  ...{ blocks: [], children: [], standIn: null },
});

/** `{#anchor}`, as some site generators have it at the end of a heading. */
const ANCHOR = /\s*\{#[\w.:-]{1,200}\}\s*$/;

const headingWords = (node: Heading): string => plainText(node, { includeHtml: false }).trim().replace(ANCHOR, '');

const writtenHeading = (piece: Piece): string =>
  piece.text
    .split('\n')[0]!
    .replace(/^#{1,6}\s+/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(ANCHOR, '');

/** The links and pictures of a heading. */
const linksIn = (node: Heading): PhrasingContent[] =>
  node.children.filter(({ type }) => type === 'link' || type === 'image' || type === 'linkReference');

/** The heading of a section as a block of its own, where its words alone would lose where it links to. */
export const linkPieces = (section: Section): Piece[] =>
  section.written === section.heading
    ? []
    : [{ text: section.written, line: section.line, endLine: section.headingEnd }];

export function pieceOf(source: MarkdownSource, node: RootContent): Piece {
  const { start, end } = node.position!;
  return { text: sliceSource(source, start, end, start.column - 1), line: start.line, endLine: end.line, node };
}

/** The content of a list item, free of its marker, checkbox and indent. */
export function itemPieces(source: MarkdownSource, item: ListItem): Piece[] {
  const start = item.position!.start;
  const marker =
    /^(?:[-+*]|\d{1,9}[.)])\s{0,4}/.exec(source.lines[start.line - 1]?.slice(start.column - 1) ?? '')?.[0] ?? '';
  const indent = start.column - 1 + marker.length;
  return item.children.map((node) => {
    const { start: from, end } = node.position!;
    return { text: sliceSource(source, from, end, indent), line: from.line, endLine: end.line, node };
  });
}

/** Pieces as one Markdown text; rules between sections are left out. Lines that touched in the source touch again. */
export function joinPieces(pieces: readonly Piece[]): string {
  let text = '';
  let last: Piece | null = null;
  for (const piece of pieces) {
    if (piece.node?.type === 'thematicBreak') continue;
    if (last) text += piece.line === last.endLine + 1 ? '\n' : '\n\n';
    text += piece.text;
    last = piece;
  }
  return text.trim() === '' ? '' : text.replace(/^\n+|\s+$/g, '');
}

/** The heading and everything beneath it as Markdown. */
export function subtreePieces(section: Section): Piece[] {
  return [headingPiece(section), ...section.blocks, ...section.children.flatMap(subtreePieces)];
}

export const headingPiece = (section: Section): Piece =>
  section.standIn ?? {
    text: `${'#'.repeat(Math.min(Math.max(section.depth, 3), 6))} ${section.written}`,
    line: section.line,
    endLine: section.headingEnd,
  };

export const hasContent = (section: Section): boolean =>
  section.blocks.some((piece) => piece.node?.type !== 'thematicBreak') || section.children.length > 0;

/** The heading and those above it, outermost first; the document itself has none. */
export function pathOf(section: Section): Section[] {
  return section.parent ? [...pathOf(section.parent), section] : [];
}

/**
 * Paragraphs that do a heading's work: `Q: …`, a bold line naming a problem, a `<summary>`. One alone may be emphasis, so at
 * least two of a kind are asked for.
 */
function findStandIns(nodes: readonly RootContent[], index: LabelIndex): Map<RootContent, string> {
  const found = new Map<RootContent, string>();
  const kinds = new Map<string, RootContent[]>();
  for (const node of nodes) {
    const read =
      node.type === 'paragraph' ? readStandIn(node, index) : node.type === 'html' ? readSummary(node.value) : null;
    if (!read) continue;
    found.set(node, read.text);
    kinds.set(read.kind, [...(kinds.get(read.kind) ?? []), node]);
  }
  for (const list of kinds.values()) if (list.length < 2) for (const node of list) found.delete(node);
  return found;
}

function readStandIn(node: Paragraph, index: LabelIndex): { kind: string; text: string } | null {
  const first = node.children[0];
  if (!first) return null;
  const line = firstLine(node.children);
  if (/^Q(?:uestion)?\s*\d{0,3}\s*[:.)]\s*\S/.test(line)) return { kind: 'question', text: line };
  const rest = node.children.slice(1);
  const wholeLine = rest.length === 0 || (rest[0]!.type === 'text' && /^\s*[:.]?\s*(?:\n|$)/.test(rest[0]!.value));
  if (first.type !== 'strong' || !wholeLine) return null;
  const text = plainText(first).trim();
  const label = matchLabel(text, index);
  if (label && (label.field !== 'symptoms' || label.rest === '')) return null;
  if (/^\n:[ \t]/.test(rest[0]?.type === 'text' ? rest[0].value : '')) return { kind: 'term', text };
  const { kind } = readHeading(text);
  if (kind === 'problem' || tellsOfTrouble(text) || isQuestion(text) || kind === 'quoted')
    return { kind: 'bold', text };
  return null;
}

/** The words before the first line break, written as one or not. */
function firstLine(children: readonly PhrasingContent[]): string {
  const end = children.findIndex(({ type }) => type === 'break');
  const words = plainText({ type: 'paragraph', children: children.slice(0, end < 0 ? undefined : end) });
  return words.split('\n')[0]!.trim();
}

function readSummary(html: string): { kind: string; text: string } | null {
  const summary =
    /<summary>([^<]{3,300}|<(?:b|strong|code|h\d)>[^<]{3,300}<\/(?:b|strong|code|h\d)>)\s*<\/summary>/i.exec(
      html.slice(0, 2000),
    );
  const text = summary?.[1]?.replace(/<[^>]*>/g, '').trim();
  if (!text || html.split('\n').length > 6) return null;
  return { kind: 'summary', text };
}

/**
 * Some authors write `## It fails`, `## Solution`, `## It hangs`, `## Solution` on one level. Where a label repeats among
 * siblings, each labelled section goes beneath the problem before it.
 */
function adoptSiblings(section: Section, index: LabelIndex): void {
  const fields = section.children.map((child) => {
    const label = matchLabel(child.heading, index);
    return label && (label.field !== 'symptoms' || label.rest === '') ? label.field : null;
  });
  const repeats = fields.filter((field) => field === 'solutions' || field === 'root_cause');
  const problems = fields.filter((field) => field === null).length;
  const separated = fields.lastIndexOf(repeats[0] ?? null) > fields.indexOf(null, fields.indexOf(repeats[0] ?? null));
  if (problems >= 2 && new Set(repeats).size < repeats.length && separated && fields[0] === null) {
    const kept: Section[] = [];
    section.children.forEach((child, at) => {
      const owner = kept.at(-1);
      if (fields[at] === null || !owner) kept.push(child);
      else {
        child.parent = owner;
        owner.children.push(child);
      }
    });
    section.children = kept;
  }
  for (const child of section.children) adoptSiblings(child, index);
}
