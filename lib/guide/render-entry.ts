import { embedMarkdown } from './embed-markdown';
import { STATUS_WORDS, trackRecordWords } from './entry-words';
import type { GuideEntry } from './guide-schema';
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
}

/** An entry as Markdown. Every field has its own heading; fields that are empty have none. */
export function renderEntry(entry: GuideEntry, { level, linkTo, bodyOnly = false }: EntryContext): RenderedEntry {
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
    blocks.push(embedded.text);
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

  field('Symptoms', entry.symptoms);
  field('Detection', entry.detection);
  field('Diagnosis', entry.diagnosis);
  field('Root cause', entry.root_cause);
  const [only, ...others] = entry.solutions;
  if (only && others.length === 0 && only.title.trim() === '') field('Solution', only.steps);
  else if (only) {
    heading('Solutions', level + 1);
    entry.solutions.forEach((solution, index) => {
      heading(solution.title.trim() ? `${index + 1}. ${solution.title}` : `Solution ${index + 1}`, level + 2);
      text(solution.steps, level + 3);
    });
  }
  list('Prevention', entry.prevention.map(preventionLine));
  field('Impact', entry.impact);
  field('Validation', entry.validation);
  field('Environment', entry.environment);
  if (!bodyOnly) {
    list('Signatures', entry.signatures.map(signatureLine));
    list(
      'Related files',
      entry.related_files.map((file) => listItem(codeSpan(file))),
    );
    list(
      'Related entries',
      entry.related_entries.map((id) => listItem(relatedEntry(id, linkTo(id)))),
    );
    list(
      'References',
      entry.references.map((text) => listItem(referenceLine(text))),
    );
  }
  field('Notes', entry.notes);
  return { blocks, headings };
}

function metadata(entry: GuideEntry): string[] {
  const facts: [string, string | null][] = [
    ['Severity', entry.severity],
    ['Component', entry.component && inline(entry.component)],
    ['Tags', entry.tags.map(inline).join(', ')],
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

function preventionLine(item: GuideEntry['prevention'][number]): string {
  const about = [item.owner ? `owner: ${inline(item.owner)}` : '', item.link ? reference(item.link) : ''].filter(
    Boolean,
  );
  const { text } = embedMarkdown(item.text, 6);
  const suffix = about.length === 0 ? '' : `${text.includes('\n') ? '\n\n' : ' '}(${about.join(', ')})`;
  return listItem(text + suffix, `- [${item.done ? 'x' : ' '}]`);
}

const signatureLine = ({ kind, value }: GuideEntry['signatures'][number]): string =>
  value.includes('\n') ? listItem(`${kind}:\n\n${codeBlock(value)}`) : listItem(`${kind}: ${codeSpan(value)}`);

const relatedEntry = (id: string, address: string | null): string =>
  address ? `[${inline(id)}](${address})` : inline(id);

/** A bare address becomes a link; anything else is Markdown already. */
const referenceLine = (text: string): string => {
  const trimmed = text.trim();
  return /^https?:\/\/[^\s<>]+$/.test(trimmed) ? `<${trimmed}>` : embedMarkdown(trimmed, 6).text;
};
