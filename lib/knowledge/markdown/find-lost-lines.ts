import type { EntryContent } from '../entry-schema';
import { asciidocToMarkdown } from './asciidoc';
import { DEFAULT_LABELS, type LabelIndex, matchLabel } from './field-labels';
import { stripEmoji } from './heading-shape';
import { inlineParts, leadingLabel } from './label-segments';
import { normaliseText } from './syntax-tree';

export interface LostLine {
  line: number;
  text: string;
}

interface Kept {
  entries: readonly { content: EntryContent; path: readonly string[] }[];
  sections: readonly { title: string; body: string }[];
}

/**
 * The lines of a document that stand in no field of any entry and in no guide section. Only Markdown's own marks (heading
 * hashes, bullets, emphasis, table pipes, fences around code) may differ; a field label counts as kept by the field it names.
 * A line that stands in the document three times must be kept three times.
 */
export function findLostLines(text: string, kept: Kept, index: LabelIndex = DEFAULT_LABELS): LostLine[] {
  const kinds = keptLines(kept);
  const whole = [...kinds.keys()].join('\n');
  const lost: LostLine[] = [];
  const normal = normaliseText(text);
  const asMarkdown = asciidocToMarkdown(normal).split('\n');
  normal.split('\n').forEach((raw, at) => {
    const isKept = (reading: readonly string[]) => reading.every((part) => part === '' || take(kinds, whole, part));
    const text = asMarkdown[at] ?? raw;
    const represented = isKept([withoutMarks(text)]) || readings(text, index).some(isKept);
    if (!represented) lost.push({ line: at + 1, text: raw.length > 200 ? `${raw.slice(0, 200)}…` : raw });
  });
  return lost;
}

/** Marks one occurrence as used. A line that is only part of a longer one is found, but cannot be counted. */
function take(kinds: Map<string, number>, whole: string, part: string): boolean {
  const left = kinds.get(part);
  if (left === undefined) return whole.includes(part);
  if (left <= 0) return false;
  kinds.set(part, left - 1);
  return true;
}

/** The ways to read a line besides word for word; one is enough, and all parts of it must be kept. */
function readings(raw: string, index: LabelIndex): string[][] {
  const all: string[][] = [];
  // These only fold what the heading made of them stands above.
  if (/<\/?(?:details|summary|h[1-6])\b/i.test(raw.slice(0, 1000)))
    all.push(...unfolded(raw.slice(0, 1000).replace(/<[^<>]{0,200}>/g, ' '), index));
  const admonition = /^\s*:{3,}\s*[a-z]+\s*\[?([^\]]*)\]?$/i.exec(raw.slice(0, 300))?.[1];
  if (admonition !== undefined && matchLabel(admonition, index)?.rest === '') all.push([]);
  const heading = /^\s*#{1,6}\s+(.*)$/.exec(raw.slice(0, 4000))?.[1];
  // The words of a heading and where it links to are kept apart; an anchor is a mark like the hashes before it.
  if (heading !== undefined)
    all.push([withoutMarks(heading.replace(/<[^<>]{0,200}>/g, '').replace(/\s*\{#[\w.:-]{1,200}\}\s*$/, ''))]);
  const bare = raw.replace(/^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?(?:#{1,6}\s+)?/, '').trim();
  const lead = leadingLabel(bare, index);
  if (lead) all.push([lead.label.field === 'solutions' ? withoutMarks(lead.label.rest) : '', withoutMarks(lead.rest)]);
  const parts = inlineParts(bare, index);
  if (parts.length > 1)
    all.push(parts.map((part) => withoutMarks(leadingLabel(part, index)?.rest ?? part).replace(/\s[-–—|]$/, '')));
  if (/^\s*#{1,6}\s/.test(raw) || /^(?:\*\*|__).*(?:\*\*|__)\W*$/.test(bare)) {
    const label = matchLabel(withoutMarks(raw), index);
    if (label) all.push([withoutMarks(label.rest)], [withoutMarks(stripEmoji(label.rest))]);
  }
  if (raw.includes('|')) {
    const cells = raw.split(/(?<!\\)\||<br\s{0,9}\/?>/i).map((cell) => keptByField(cell.replaceAll('\\|', '|'), index));
    all.push(
      cells,
      cells.flatMap((cell) => stripEmoji(cell).split(/\s*,\s*/)),
    );
  }
  if (lead) all.push(lead.rest.split(/\s*,\s*/).map(withoutMarks));
  if (bare.includes(',')) all.push(bare.split(/\s*,\s*/).map(withoutMarks));
  return all;
}

function keptLines({ entries, sections }: Kept): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (text: string) => {
    for (const line of text.split('\n')) {
      const words = withoutMarks(line);
      if (words !== '') counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  };
  for (const { content, path } of entries) {
    for (const heading of path) add(heading);
    for (const [field, value] of Object.entries(content)) {
      if (field === 'title' || field === 'signatures') continue;
      for (const text of strings(value)) add(text);
    }
  }
  for (const { title, body } of sections) {
    add(title);
    add(body);
  }
  return counts;
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(strings);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

/** Lower case words of a line, free of the marks that Markdown reads rather than shows. Empty for rules and fences alone. */
function withoutMarks(line: string): string {
  if (line.length < 200 && /^[a-z0-9]+(?: [a-z0-9]+)*$/i.test(line)) return line.toLowerCase();
  if (!/[\p{L}\p{N}]/u.test(line)) return '';
  const words = line
    .replace(/^[\s>]+/, '')
    .replace(/^:\s+/, '')
    .replace(/^#{1,6}\s+/, '')
    .replace(/^(?:(?:[-+*]|\d{1,9}[.)])\s+)+/, '')
    .replace(/^\[[ xX]\]\s+/, '')
    .replace(/^(?:`{3,}|~{3,})/, '')
    .replace(/[*_`]+|~~/g, '')
    .replace(/^\s*\d{1,9}[.)]\s+/, '')
    .replace(/\s+#+\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*[:：]$/, '')
    .toLowerCase();
  return /[\p{L}\p{N}]/u.test(words) ? words : '';
}

/** What a fold or a heading in HTML shows, and that without the label it may begin with. */
function unfolded(words: string, index: LabelIndex): string[][] {
  const label = matchLabel(words, index);
  return [
    [withoutMarks(words)],
    [withoutMarks(stripEmoji(words))],
    ...(label ? [[withoutMarks(stripEmoji(label.rest))]] : []),
  ];
}

/** A cell; empty when it is the label of a field or heads a column of labels. */
function keptByField(cell: string, index: LabelIndex): string {
  const words = withoutMarks(cell);
  const label = matchLabel(words, index);
  return label?.rest === '' || /^(?:fields?|values?|propert(?:y|ies)|attributes?|details?)$/.test(words) ? '' : words;
}
