import { type EntryContent, entryContentSchema, type TrackRecord } from '../entry-schema';
import { type EntryStatus, SEVERITIES } from '../entry-words';
import { scanBlocks } from './block-scan';
import { readMinutes } from './field-values';
import { FIELD_HEADINGS, type HeadedField, ONE_SOLUTION, STATUS_WORDS, VERDICT_WORDS } from './guide-words';
import { addressOf, codeBlockOf, codeOf, listItemsOf, plainOf } from './plain-from-markdown';

/** An entry as the guide tells it. */
export interface GuideEntryReading {
  content: EntryContent;
  status: EntryStatus | null;
  disputed: boolean;
  trackRecord: TrackRecord | null;
}

type Draft = Partial<EntryContent> & { notes: string };

/** A stretch of the guide with the headings in it; lines count from 0, `to` is past the last. */
export interface GuideLines {
  lines: readonly string[];
  headings: readonly { line: number; level: number; words: string }[];
}

const FIELDS = new Map(
  Object.entries(FIELD_HEADINGS).map(([field, words]) => [words.toLowerCase(), field as HeadedField]),
);
/** What these fields hold is written otherwise than it stands in the guide; what they cannot hold goes to the notes. */
const LISTS: ReadonlySet<HeadedField> = new Set([
  ...(['prevention', 'signatures', 'related_files', 'related_entries', 'references'] as const),
]);
/** Headings of Markdown fields in an entry of one's own begin here. */
const TOP_HEADING = 3;

/**
 * Reads what stands between the heading of an exported entry (of this level) and the next. What somebody added by hand under a
 * heading of their own goes to the notes.
 */
export function readGuideEntry(
  { lines, headings }: GuideLines,
  range: { from: number; to: number; level: number; taken: Set<number> },
  title: string,
): GuideEntryReading {
  const { from, to, level, taken } = range;
  const fields = headings.filter((heading) => heading.level <= level + 1 && heading.line >= from && heading.line < to);
  const draft: Draft = { notes: '' };
  const reading: Omit<GuideEntryReading, 'content'> = { status: null, disputed: false, trackRecord: null };
  const lead = readFacts(lines, { from, to: fields[0]?.line ?? to, taken }, draft, reading);
  const notes: string[] = [];
  fields.forEach((heading, at) => {
    const end = fields[at + 1]?.line ?? to;
    const words = plainOf(heading.words);
    const field = words === ONE_SOLUTION ? 'solutions' : FIELDS.get(words.toLowerCase());
    const text = () => raised(textOf(lines, heading.line + 1, end), level + 2);
    if (field === undefined) notes.push(`### ${heading.words}\n\n${text()}`.trim());
    else if (field === 'solutions')
      draft.solutions = [
        ...(draft.solutions ?? []),
        ...readSolutions({ lines, headings }, { from: heading.line + 1, to: end, level: level + 2 }),
      ];
    else readField(draft, field, text());
    if (field !== undefined) taken.add(heading.line + 1);
    if (field !== undefined && LISTS.has(field))
      for (let line = heading.line + 1; line <= end; line += 1) taken.add(line);
  });
  draft.notes = [draft.notes, lead, ...notes].filter((part) => part !== '').join('\n\n');
  return { ...reading, content: { ...EMPTY, ...draft, title } };
}

const EMPTY: EntryContent = entryContentSchema.parse({ title: '-' });

/** Lines without the blank ones around them. */
export function textOf(lines: readonly string[], from: number, to: number): string {
  let start = from;
  while (start < to && lines[start]?.trim() === '') start += 1;
  return lines.slice(start, to).join('\n').trimEnd();
}

/** A field's own headings begin one level beneath the field's; on their own they begin at the third. */
function raised(text: string, topmost: number): string {
  if (topmost <= TOP_HEADING || !text.includes('#')) return text;
  const lines = text.split('\n');
  const { headings } = scanBlocks(lines);
  if (headings.reduce((least, heading) => Math.min(least, heading.level), 7) !== topmost) return text;
  for (const { line, level } of headings)
    lines[line] = (lines[line] ?? '').replace(/^ {0,3}#{1,6}/, '#'.repeat(level - topmost + TOP_HEADING));
  return lines.join('\n');
}

function readSolutions(
  { lines, headings }: GuideLines,
  { from, to, level }: { from: number; to: number; level: number },
): EntryContent['solutions'] {
  const titles = headings.filter((heading) => heading.level === level && heading.line >= from && heading.line < to);
  const numbered = titles.length > 0 && titles.every((heading, at) => numberOf(heading.words) === at + 1);
  if (!numbered) {
    const steps = raised(textOf(lines, from, to), level);
    return steps === '' ? [] : [{ title: '', steps }];
  }
  const lead = textOf(lines, from, titles[0]?.line ?? to);
  return [
    ...(lead === '' ? [] : [{ title: '', steps: lead }]),
    ...titles.map((heading, at) => ({
      title: plainOf(heading.words)
        .replace(/^Solution \d+$/, '')
        .replace(/^\d+\. /, ''),
      steps: textOf(lines, heading.line + 1, titles[at + 1]?.line ?? to),
    })),
  ];
}

const numberOf = (words: string): number => Number(/^(?:Solution )?(\d{1,3})(?:\. |$)/.exec(words)?.[1] ?? 0);

const FACT = /(?:^| · )\*\*(Severity|Component|Tags|First seen|Time to resolve|Next review|Status|Track record)\*\*: /g;

/** Takes the labelled line or two beneath an entry's heading; answers what else stands there. */
function readFacts(
  lines: readonly string[],
  { from, to, taken }: { from: number; to: number; taken: Set<number> },
  draft: Draft,
  reading: Omit<GuideEntryReading, 'content'>,
): string {
  const rest: string[] = [];
  for (const [at, line] of lines.slice(from, to).entries()) {
    const labels = [...line.slice(0, 100_000).matchAll(FACT)];
    if (labels[0]?.index !== 0) {
      rest.push(line);
      continue;
    }
    taken.add(from + at + 1);
    labels.forEach((label, place) => {
      const value = line.slice(label.index + label[0].length, labels[place + 1]?.index ?? line.length);
      if (!readFact(label[1]!, value, draft, reading)) rest.push(`**${label[1]}**: ${value}`);
    });
  }
  return rest.join('\n').trim();
}

function readFact(label: string, value: string, draft: Draft, reading: Omit<GuideEntryReading, 'content'>): boolean {
  switch (label) {
    case 'Severity':
      draft.severity = SEVERITIES.find((severity) => severity === value.trim()) ?? null;
      return draft.severity !== null;
    case 'Component':
      draft.component = plainOf(value);
      return true;
    case 'Tags':
      draft.tags = value.split(', ').map(plainOf).filter(Boolean);
      return true;
    case 'First seen':
    case 'Next review': {
      const date = /^\d{4}-\d{2}-\d{2}$/.exec(value.trim())?.[0];
      if (date) draft[label === 'First seen' ? 'first_seen' : 'next_review'] = date;
      return date !== undefined;
    }
    case 'Time to resolve':
      draft.resolution_minutes = readMinutes(value);
      return draft.resolution_minutes !== null;
    case 'Status': {
      const [status, flag] = value.split(', ');
      const known = Object.entries(STATUS_WORDS).find(([, words]) => words === status)?.[0];
      reading.status = (known as EntryStatus | undefined) ?? null;
      reading.disputed = flag === 'disputed';
      return known !== undefined;
    }
    default:
      reading.trackRecord = readTrackRecord(value);
      return reading.trackRecord !== null;
  }
}

/** `4 fixes: 3 held, 1 recurred; median 1 h 5 min to resolve`, as the guide writes it. */
function readTrackRecord(text: string): TrackRecord | null {
  const found = /^\d{1,9} fix(?:es)?: ([^;]{1,200})(?:; median ([\w ]{1,40}) to resolve)?$/.exec(text.trim());
  if (!found) return null;
  const record: TrackRecord = {
    watching: 0,
    held: 0,
    recurred: 0,
    inconclusive: 0,
    median_resolution_minutes: found[2] === undefined ? null : (readMinutes(found[2]) ?? 0),
  };
  for (const part of (found[1] ?? '').split(', ')) {
    const [, count, words] = /^(\d{1,9}) (.+)$/.exec(part) ?? [];
    const verdict = VERDICT_WORDS.find(([, each]) => each === words)?.[0];
    if (!verdict) return null;
    record[verdict] = Number(count);
  }
  return record;
}

function readField(draft: Draft, field: Exclude<HeadedField, 'solutions'>, text: string): void {
  switch (field) {
    case 'prevention':
      draft.prevention = readItems(draft, 'Prevention', text, readPreventionItem);
      return;
    case 'signatures':
      draft.signatures = readItems(draft, 'Signatures', text, readSignature);
      return;
    case 'related_files':
      draft.related_files = readItems(draft, 'Related files', text, (item) => codeOf(item) ?? item);
      return;
    case 'related_entries':
      draft.related_entries = readItems(draft, 'Related entries', text, readRelated);
      return;
    case 'references':
      draft.references = readItems(draft, 'References', text, (item) => addressOf(item) ?? item);
      return;
    default:
      draft[field] = [draft[field] ?? '', text].filter((part) => part !== '').join('\n\n');
  }
}

/** The items of a list; those that are not what the guide writes, and prose around them, go to the notes. */
function readItems<T>(draft: Draft, heading: string, text: string, read: (item: string) => T | null): T[] {
  const { lead, items } = listItemsOf(text);
  const read_ = items.map((item) => ({ item, value: item === '' ? null : read(item) }));
  const strange = read_.filter(({ item, value }) => value === null && item !== '').map(({ item }) => `- ${item}`);
  if (lead !== '' || strange.length > 0)
    draft.notes = [draft.notes, `### ${heading}`, lead, strange.join('\n')].filter((part) => part !== '').join('\n\n');
  return read_.flatMap(({ value }) => (value === null ? [] : [value]));
}

const readRelated = (item: string): string => plainOf(/^\[(.*)\]\(#[^()\s]*\)$/.exec(item)?.[1] ?? item);

function readSignature(item: string): EntryContent['signatures'][number] | null {
  const found = /^(type|code|message|regex):(?: |\n\n)([\s\S]*)$/.exec(item);
  const value = found ? (codeOf(found[2] ?? '') ?? codeBlockOf(found[2] ?? '')) : null;
  return found && value ? { kind: found[1] as 'type', value } : null;
}

/** Owner, due date and link stand in brackets after the words. */
const ABOUT = /^([\s\S]*?)( |\n\n)\(([^()\n]*(?:`[^\n]*`|<[^<>\n]*>)?)\)$/;
const ABOUT_PARTS = /^(?:owner: (.+?))?(?:(?:^|, )due: (\d{4}-\d{2}-\d{2}))?(?:(?:^|, )(<https?:\/\/[^\s<>]+>|`.*`))?$/;

type PreventionItem = EntryContent['prevention'][number];

function readPreventionItem(item: string): PreventionItem | null {
  const box = /^\[([ xX])\](?: ([\s\S]*))?$/.exec(item);
  const text = box ? (box[2] ?? '') : item;
  if (text.trim() === '') return null;
  return { text, ...readAbout(text), done: box?.[1]?.toLowerCase() === 'x' };
}

function readAbout(whole: string): Partial<PreventionItem> {
  const tail = whole.slice(-6000);
  const [all = '', before = '', gap, inside = ''] = ABOUT.exec(tail) ?? [];
  const [, owner, due, link] = ABOUT_PARTS.exec(inside) ?? [];
  const text = whole.slice(0, whole.length - all.length + before.length);
  const isOurs = all !== '' && inside !== '' && gap === (text.includes('\n') ? '\n\n' : ' ') && text.trim() !== '';
  if (!isOurs || (owner ?? due ?? link) === undefined) return {};
  return {
    text,
    ...(owner === undefined ? {} : { owner: plainOf(owner) }),
    ...(due === undefined ? {} : { due }),
    ...(link === undefined ? {} : { link: addressOf(link) ?? codeOf(link) ?? link }),
  };
}
