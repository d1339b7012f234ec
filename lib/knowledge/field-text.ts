import type { EntryContent } from './entry-schema';
import { ENTRY_FIELDS } from './entry-words';

export type EntryField = (typeof ENTRY_FIELDS)[number];

/** What people call the fields. */
export const FIELD_WORDS: Record<EntryField, string> = {
  title: 'Title',
  category: 'Category',
  severity: 'Severity',
  component: 'Component',
  tags: 'Tags',
  first_seen: 'First seen',
  symptoms: 'Symptoms',
  detection: 'Detection',
  diagnosis: 'Diagnosis',
  root_cause: 'Root cause',
  solutions: 'Solutions',
  prevention: 'Prevention',
  impact: 'Impact',
  resolution_minutes: 'Time to resolve',
  validation: 'Validation',
  related_files: 'Related files',
  related_entries: 'Related entries',
  environment: 'Environment',
  references: 'References',
  notes: 'Notes',
  signatures: 'Signatures',
  next_review: 'Next review',
};

/** A field as text, one fact a line, for comparing two versions of it. Empty when the field is. */
export function fieldText(content: EntryContent, field: EntryField): string {
  switch (field) {
    case 'solutions':
      return content.solutions
        .map(({ title, steps }, index) => `${index + 1}. ${title}`.trimEnd() + (steps ? `\n\n${steps}` : ''))
        .join('\n\n');
    case 'prevention':
      return content.prevention
        .map(({ text, done, owner, due, link }) => {
          const about = [owner, due && `due ${due}`, link].filter(Boolean).join(', ');
          return `[${done ? 'x' : ' '}] ${text}${about ? ` (${about})` : ''}`;
        })
        .join('\n');
    case 'signatures':
      return content.signatures.map(({ kind, value }) => `${kind}: ${value}`).join('\n');
    case 'tags':
      return content.tags.join(', ');
    case 'related_files':
    case 'related_entries':
    case 'references':
      return content[field].join('\n');
    case 'resolution_minutes':
      return content.resolution_minutes === null ? '' : `${content.resolution_minutes} min`;
    default:
      return content[field] ?? '';
  }
}

/** The fields in which two contents differ, in the order of pages. */
export const changedFields = (a: EntryContent, b: EntryContent): EntryField[] =>
  ENTRY_FIELDS.filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]) && !sameText(a, b, field));

const sameText = (a: EntryContent, b: EntryContent, field: EntryField): boolean =>
  fieldText(a, field) === fieldText(b, field);
