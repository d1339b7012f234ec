import type { List, Table } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { type LabelField, type LabelIndex, type LabelMatch, matchLabel, normaliseLabel } from './field-labels';
import { itemPieces, type Piece } from './outline';
import { type MarkdownSource, sliceSource } from './syntax-tree';

/** What stands under one label; `label` is null for what comes before the first. */
export interface Segment {
  label: LabelMatch | null;
  /** The label was a heading of its own. */
  heading: boolean;
  pieces: Piece[];
  line: number;
}

/** Fields that tell a problem from any other text. */
export const CORE_FIELDS: ReadonlySet<LabelField> = new Set<LabelField>([
  ...(['symptoms', 'detection', 'diagnosis', 'root_cause', 'solutions', 'prevention', 'impact', 'validation'] as const),
]);

/** Fields whose value is the rest of the line; what follows belongs to something else. */
const ONE_LINE: ReadonlySet<LabelField> = new Set<LabelField>([
  ...([
    'first_seen',
    'category',
    'severity',
    'component',
    'tags',
    'resolution_minutes',
    'next_review',
    'status',
  ] as const),
  'number',
]);

/** Without bold or a heading, only words that are hardly ever the start of a sentence or of an error text count. */
const PLAIN =
  /^(?:symptoms?|problem|issue|(?:root |possible |likely |common )?causes?|reason|solutions?|fix(?:es)?|workarounds?|resolution|diagnosis|prevention|impact|answer|a|how to fix(?: it)?|environment|references?|see also|severity|status|category|description)$/;

const BOLD = /^[^\p{L}\p{N}*_`]{0,6}(?:\*\*|__)([^*]{1,200}?)(?:\*\*|__)([^\n]*)$/u;
const EMPHASIS = /^[*_]([^*_\n]{1,80}[:：])[*_]([^\n]*)$/;
/** `:::tip Solution`, `:::caution[Symptoms]`. */
const ADMONITION = /^:{3,}\s*[a-z]{1,20}\s*(?:\[([^\]]{1,80})\]|([^[\]]{1,80}))$/i;
const ADMONITION_END = /^:{3,}\s*$/;
const BARE = /^(?:\P{L}{0,4})(\p{L}[^:\n]{0,40})[:：](?:\s+([^\n]*))?$/u;

/** Labels in the middle of a line, after a sentence: `It hangs. Cause: a lock. Fix: wait.` */
const INLINE =
  /(?<=[.!?;,)\]…`"”]\s{1,2}|\s[-–—|]\s)(?=[*_]{0,2}(?:(?:root |likely |possible )?cause|reason|fix|solution|workaround|resolution|remedy|symptoms?|prevention|impact)[*_]{0,2}\s?[:：][*_]{0,2}\s)/giu;

/** A line cut before each label in the middle of it; most lines are one part. */
export function inlineParts(line: string, index: LabelIndex): string[] {
  if (line.length > 4000) return [line];
  const parts = line.split(INLINE);
  return parts.every((part, at) => at === 0 || leadingLabel(part, index) !== null) ? parts : [line];
}

interface Lead {
  label: LabelMatch;
  rest: string;
}

/** The label that a line begins with, as `**Cause**: …`, `*Cause:* …` or, for unmistakable words, `Cause: …`. */
export function leadingLabel(line: string, index: LabelIndex): Lead | null {
  if (line.length > 4000 && !line.startsWith('**')) return null;
  const admonition = line.startsWith(':::') ? ADMONITION.exec(line.slice(0, 200)) : null;
  if (admonition) {
    const label = matchLabel(admonition[1] ?? admonition[2] ?? '', index);
    return label ? { label, rest: label.field === 'solutions' ? '' : label.rest } : null;
  }
  const bold = BOLD.exec(line) ?? EMPHASIS.exec(line);
  if (bold) {
    const inside = bold[1]!.trim();
    const after = bold[2]!;
    const closed =
      /[:：]$/.test(inside) ||
      /^\s*(?:[([][^)\]]{0,60}[)\]])?\s*(?:[:：]|[-–—]\s|$)/.test(after) ||
      /^\s*\p{Extended_Pictographic}/u.test(after);
    const label = closed ? matchLabel(inside, index) : null;
    if (!label) return null;
    const value = after.replace(/^\s*[:：–—-]?\s?/, '');
    const words = label.field === 'solutions' ? [value] : [label.rest, value];
    return { label, rest: words.filter((part) => part.trim() !== '').join(' ') };
  }
  const bare = BARE.exec(line.slice(0, 4000));
  if (!bare || !PLAIN.test(normaliseLabel(bare[1]!).replace(/ \d{1,2}$/, ''))) return null;
  const label = matchLabel(bare[1]!, index);
  return label ? { label, rest: line.slice(line.search(/[:：]/) + 1).trimStart() } : null;
}

/** Cuts blocks at the labels in them. `under` is the label of the heading they stand beneath, if it is one. */
export function segmentPieces(
  source: MarkdownSource,
  pieces: readonly Piece[],
  index: LabelIndex,
  under: LabelMatch | null = null,
): Segment[] {
  const segments: Segment[] = [{ label: under, heading: under !== null, pieces: [], line: pieces[0]?.line ?? 0 }];
  let home = segments[0]!;
  const begin = (label: LabelMatch, rest: string, line: number): Segment => {
    const segment: Segment = {
      label,
      heading: false,
      pieces: rest.trim() === '' ? [] : [{ text: rest, line, endLine: line }],
      line,
    };
    segments.push(segment);
    return segment;
  };
  let current = home;
  for (const piece of pieces) {
    const exploded = explode(source, piece, index, current);
    if (exploded) {
      for (const part of exploded) begin(part.label, '', part.line).pieces.push(...part.pieces);
      current = home;
      continue;
    }
    const lines = piece.node && piece.node.type !== 'paragraph' ? null : piece.text.split('\n');
    if (!lines) {
      current.pieces.push(piece);
      continue;
    }
    let pending: string[] = [];
    let pendingLine = piece.line;
    const flush = (until: number) => {
      if (pending.some((line) => line.trim() !== ''))
        current.pieces.push({
          text: pending.join('\n'),
          line: pendingLine,
          endLine: until,
          node: pending.length === lines.length ? piece.node : undefined,
        });
      pending = [];
    };
    const parts = lines.flatMap((text, offset) =>
      inlineParts(text, index).map((line, at) => ({ line, offset, isInline: at > 0 })),
    );
    for (const { line, offset, isInline } of parts) {
      const lead =
        offset === 0 || isInline || /^[^\p{L}\p{N}]{0,6}[*_]|^\p{L}|^:::/u.test(line)
          ? leadingLabel(line, index)
          : null;
      if (lead && switches(lead.label, under)) {
        flush(piece.line + offset - 1);
        current = begin(lead.label, lead.rest, piece.line + offset);
        if (ONE_LINE.has(lead.label.field)) current = home;
        else home = current;
        pendingLine = piece.line + offset + 1;
      } else {
        if (ADMONITION_END.test(line)) continue;
        if (pending.length === 0) pendingLine = piece.line + offset;
        pending.push(line);
      }
    }
    flush(piece.endLine);
  }
  return segments.filter(
    (segment) =>
      segment.pieces.length > 0 ||
      (segment.label !== null && segment.label !== under) ||
      (under !== null && segment.label === under),
  );
}

/** Beneath a heading that is itself a label, only another core field of its own ends it. */
const switches = (label: LabelMatch, under: LabelMatch | null): boolean =>
  under === null || (CORE_FIELDS.has(label.field) && label.field !== under.field && label.field !== 'detection');

interface Part {
  label: LabelMatch;
  pieces: Piece[];
  line: number;
}

/** A list or table that is nothing but labelled values, taken apart; null when it is an ordinary one. */
function explode(source: MarkdownSource, piece: Piece, index: LabelIndex, current: Segment): Part[] | null {
  if (current.heading || (piece.node?.type !== 'list' && piece.node?.type !== 'table')) return null;
  const parts =
    piece.node.type === 'list' ? listParts(source, piece.node, index) : tableParts(source, piece.node, index);
  if (!parts) return null;
  const telling = new Set(parts.map((part) => part.label.field).filter((field) => CORE_FIELDS.has(field)));
  const decisive = ['symptoms', 'root_cause', 'solutions'].filter((field) => telling.has(field as LabelField)).length;
  if (current.label === null ? telling.size >= 1 || parts.length >= 2 : decisive >= 2) return parts;
  return null;
}

function listParts(source: MarkdownSource, list: List, index: LabelIndex): Part[] | null {
  const parts: Part[] = [];
  let stray = 0;
  for (const item of list.children) {
    const pieces = itemPieces(source, item);
    const [first, ...rest] = pieces;
    const lines = first?.node?.type === 'paragraph' ? first.text.split('\n') : [''];
    const lead = leadingLabel(lines[0]!, index);
    if (!first || (!lead && parts.length === 0)) {
      stray += 1;
      if (first) return null;
      continue;
    }
    if (!lead) {
      stray += 1;
      const marker = source.lines[item.position!.start.line - 1] ?? '';
      parts.at(-1)!.pieces.push({ text: marker.trimStart(), line: first.line, endLine: first.line }, ...rest);
      continue;
    }
    const value = [lead.rest, ...lines.slice(1)].filter((line, at) => at > 0 || line.trim() !== '').join('\n');
    const own = value.trim() === '' ? [] : [{ text: value, line: first.line, endLine: first.endLine }];
    parts.push({ label: lead.label, pieces: [...own, ...rest], line: first.line });
  }
  return parts.length >= 1 && stray * 2 <= parts.length ? parts : null;
}

/** Two columns, the first of them labels. */
function tableParts(source: MarkdownSource, table: Table, index: LabelIndex): Part[] | null {
  const rows = table.children.filter((row) => row.children.length === 2);
  if (rows.length !== table.children.length || rows.length < 2) return null;
  const read = rows.map((row) => ({ row, label: matchLabel(plainText(row.children[0]!), index) }));
  const labelled = read.filter(({ label }) => label !== null && label.rest === '');
  if (labelled.length < 2 || labelled.length < rows.length - 1) return null;
  const header = read[0]!;
  if (read.slice(1).some(({ label }) => label === null)) return null;
  if (header.label && matchLabel(plainText(header.row.children[1]!), index)) return null;
  return labelled.map(({ row, label }) => ({
    label: label!,
    pieces: [cellPiece(source, row.children[1]!)],
    line: row.position!.start.line,
  }));
}

/** A cell's Markdown, its escaped pipes set free. */
export function cellPiece(source: MarkdownSource, cell: Table['children'][number]['children'][number]): Piece {
  const first = cell.children[0]?.position?.start ?? cell.position!.start;
  const last = cell.children.at(-1)?.position?.end ?? cell.position!.start;
  const text =
    cell.children.length === 0
      ? ''
      : sliceSource(source, first, last)
          .replaceAll('\\|', '|')
          .replace(/<br\s*\/?>/gi, '\n');
  return { text, line: first.line, endLine: last.line };
}
