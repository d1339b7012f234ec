import type { EntryContent } from './entry-schema';
import { plainText } from './plain-text';
import { storable } from './storable-text';

/** The columns of `entry` that follow from its content. Names are those of the Prisma model. */
export interface EntryColumns {
  content: EntryContent;
  title: string;
  category: string;
  severity: string | null;
  component: string;
  tags: string[];
  /** Midnight UTC of the next-review date. */
  nextReview: Date | null;
  searchText: string;
}

/** As much as the full-text column reads (see the migration). */
const SEARCH_LIMIT = 200_000;
const PART_LIMIT = 2000;
/** `kombu.exceptions.EncodeError`, `app/db/session.py`, `net::ERR_FAILED`: PostgreSQL keeps such a token in one piece. */
const COMPOUND = /[\p{L}\p{N}_]+(?:[./:\\-]+[\p{L}\p{N}_]+)+/gu;

/** What to write for an entry with this content; the content itself comes back with anything unstorable replaced. */
export function entryRow(input: EntryContent): EntryColumns {
  const content = storable(input);
  return {
    content,
    title: content.title,
    category: content.category,
    severity: content.severity,
    component: content.component,
    tags: content.tags,
    nextReview: content.next_review ? new Date(`${content.next_review}T00:00:00Z`) : null,
    searchText: searchText(content),
  };
}

/**
 * All words of an entry but the title's, which the full-text column weighs by itself; also what a hit shows of it, so
 * without Markdown marks. At most 200,000 characters.
 */
export function searchText(content: EntryContent): string {
  const labels = [content.category, content.component, content.tags.join(' ')];
  const signatures = content.signatures.map((signature) => signature.value);
  const markdown = [
    content.symptoms,
    content.root_cause,
    ...content.solutions.flatMap((solution) => [solution.title, solution.steps]),
    content.detection,
    content.diagnosis,
    content.impact,
    content.validation,
    content.environment,
    ...content.prevention.map((item) => item.text),
    content.references.join('\n'),
    content.notes,
  ];
  const related = [content.related_files.join('\n'), content.related_entries.join(' ')];
  const text = [...labels, ...signatures, ...markdown.map(plainText), ...related]
    .map((field) => field.trim())
    .filter(Boolean)
    .join('\n')
    .slice(0, SEARCH_LIMIT);
  const parts = compoundParts(`${content.title}\n${text}`);
  return parts.length === 0 ? text : `${text}\n${parts.join(' ')}`.slice(0, SEARCH_LIMIT);
}

/** The pieces of compound words, so that `EncodeError` finds `kombu.exceptions.EncodeError`. */
function compoundParts(text: string): string[] {
  const parts = new Set<string>();
  for (const [word] of text.matchAll(COMPOUND)) {
    for (const part of word.split(/[./:\\-]+/)) if (part.length > 1) parts.add(part.toLowerCase());
    if (parts.size > PART_LIMIT) break;
  }
  return [...parts];
}
