import { embedMarkdown } from '../knowledge/markdown/embed-markdown';
import { FIELD_HEADINGS, ONE_SOLUTION, STATUS_WORDS } from '../knowledge/markdown/guide-words';
import { trackRecordWords } from './entry-words';
import type { GuideEntry } from './guide-schema';
import { definedLabels, localLabels } from './local-labels';
import { codeBlock, codeSpan, flat, inline, listItem, reference } from './markdown-text';

export interface RenderedEntry {
  /** Blocks, to be separated by blank lines. */
  blocks: string[];
  /** Plain words of its headings in order, its own first. */
  headings: string[];
}

export interface EntryContext {
  /** Level of the entry's own heading. */
  level: number;
  /** Where a related entry stands in the same document: its address (`#…`), or null when it is not there. */
  linkTo: (entryId: string) => string | null;
  /** Leave out the lines that repeat the entry's front matter. */
  bodyOnly?: boolean;
  /** Keep link labels of entries in one document apart. */
  localLabels?: boolean;
}

/** An entry as Markdown. Every field has its own heading; fields that are empty have none. */
export function renderEntry(entry: GuideEntry, context: EntryContext): RenderedEntry {
  const { level, linkTo, bodyOnly = false } = context;
  const labels = context.localLabels ? definedLabels(markdownOf(entry)) : [];
  const own = `${entry.id}: ${flat(entry.title)}`;
  const blocks = [`${'#'.repeat(level)} ${entry.id}: ${inline(entry.title)}`];
  const headings = [own];
  if (!bodyOnly) blocks.push(...metadata(entry));

  const heading = (words: string, depth: number) => {
    blocks.push(`${'#'.repeat(depth)} ${inline(words)}`);
    headings.push(flat(words));
  };
  const text = (markdown: string, depth: number) => {
    const embedded = embedMarkdown(markdown, depth);
    if (embedded.text === '') return;
    blocks.push(localLabels(embedded.text, labels, entry.id.toLowerCase()));
    headings.push(...embedded.headings);
  };
  const field = (words: string, markdown: string) => {
    if (markdown.trim() === '') return;
    heading(words, level + 1);
    text(markdown, level + 2);
  };
  const list = (words: string, items: readonly string[]) => {
    if (items.length > 0) field(words, items.join('\n'));
  };

  const w = FIELD_HEADINGS;
  field(w.symptoms, entry.symptoms);
  field(w.detection, entry.detection);
  field(w.diagnosis, entry.diagnosis);
  field(w.root_cause, entry.root_cause);
  const [only, ...others] = entry.solutions;
  if (only && others.length === 0 && flat(only.title) === '') field(ONE_SOLUTION, only.steps);
  else if (only) {
    heading(w.solutions, level + 1);
    entry.solutions.forEach((solution, index) => {
      heading(flat(solution.title) ? `${index + 1}. ${solution.title}` : `Solution ${index + 1}`, level + 2);
      text(solution.steps, level + 3);
    });
  }
  list(w.prevention, entry.prevention.filter(({ text }) => text.trim() !== '').map(preventionLine));
  field(w.impact, entry.impact);
  field(w.validation, entry.validation);
  field(w.environment, entry.environment);
  if (!bodyOnly) {
    list(w.signatures, entry.signatures.map(signatureLine));
    list(
      w.related_files,
      said(entry.related_files).map((file) => listItem(codeSpan(file))),
    );
    list(
      w.related_entries,
      said(entry.related_entries).map((id) => listItem(relatedEntry(id, linkTo(id)))),
    );
    list(
      w.references,
      said(entry.references).map((reference) => listItem(referenceLine(reference))),
    );
  }
  field(w.notes, entry.notes);
  return { blocks, headings };
}

function metadata(entry: GuideEntry): string[] {
  const facts: [string, string | null][] = [
    ['Severity', entry.severity],
    ['Component', entry.component && inline(entry.component)],
    ['Tags', said(entry.tags.map(inline)).join(', ')],
    ['First seen', entry.first_seen],
    ['Time to resolve', entry.resolution_minutes === null ? null : `${entry.resolution_minutes} min`],
    ['Next review', entry.next_review],
  ];
  const standing: [string, string | null][] = [
    ['Status', STATUS_WORDS[entry.status] + (entry.disputed ? ', disputed' : '')],
    ['Track record', trackRecordWords(entry.track_record)],
  ];
  return [facts, standing].map(labelled).filter((line) => line !== '');
}

const labelled = (pairs: readonly [string, string | null][]): string =>
  pairs
    .filter(([, value]) => value)
    .map(([label, value]) => `**${label}**: ${value}`)
    .join(' · ');

/** Those that say something. */
const said = (texts: readonly string[]): string[] => texts.filter((text) => flat(text) !== '');

const markdownOf = (entry: GuideEntry): string[] => [
  ...[entry.symptoms, entry.detection, entry.diagnosis, entry.root_cause, entry.impact, entry.validation],
  ...[entry.environment, entry.notes, ...entry.solutions.map(({ steps }) => steps), ...entry.references],
  ...entry.prevention.map(({ text }) => text),
];

function preventionLine(item: GuideEntry['prevention'][number]): string {
  const about = said([
    item.owner && flat(item.owner) ? `owner: ${inline(item.owner)}` : '',
    item.due ? `due: ${item.due}` : '',
    item.link?.trim() ? reference(item.link) : '',
  ]);
  const { text } = embedMarkdown(item.text, 6);
  const suffix = about.length === 0 ? '' : `${text.includes('\n') ? '\n\n' : ' '}(${about.join(', ')})`;
  return listItem(text + suffix, `- [${item.done ? 'x' : ' '}]`);
}

function signatureLine({ kind, value }: GuideEntry['signatures'][number]): string {
  const text = value.replace(/\r\n?/g, '\n');
  return listItem(text.includes('\n') ? `${kind}:\n\n${codeBlock(text)}` : `${kind}: ${codeSpan(text)}`);
}

const relatedEntry = (id: string, address: string | null): string =>
  address ? `[${inline(id)}](${address})` : inline(id);

/** A bare address becomes a link; anything else is Markdown already. */
const referenceLine = (text: string): string => {
  const trimmed = text.trim();
  return /^https?:\/\/[^\s<>]+$/.test(trimmed) ? `<${trimmed}>` : embedMarkdown(trimmed, 6).text;
};
