import type { EntryContent } from './entry-schema';
import { type EntryField, fieldText } from './field-text';

/** Fields that are one text, which can be edited as such. */
const TEXT_FIELDS = [
  'title',
  'category',
  'component',
  'symptoms',
  'detection',
  'diagnosis',
  'root_cause',
  'impact',
  'validation',
  'environment',
  'notes',
] as const satisfies readonly EntryField[];
export type TextField = (typeof TEXT_FIELDS)[number];
export const isTextField = (field: EntryField): field is TextField =>
  (TEXT_FIELDS as readonly string[]).includes(field);

/**
 * A field with the words of both sides: of a text, theirs and then the lines of mine that they lack; of a list, theirs and
 * then what of mine is not among them. Null where there can be only one (a date, a severity).
 */
export function bothVersions<F extends EntryField>(
  field: F,
  mine: EntryContent,
  theirs: EntryContent,
): EntryContent[F] | null {
  const [a, b] = [mine[field], theirs[field]];
  if (Array.isArray(a) && Array.isArray(b)) {
    const known = new Set(b.map((item) => JSON.stringify(item)));
    return [...b, ...a.filter((item) => !known.has(JSON.stringify(item)))] as EntryContent[F];
  }
  if (!isTextField(field) || field === 'title' || field === 'category' || field === 'component') return null;
  const known = new Set(fieldText(theirs, field).split('\n'));
  const more = fieldText(mine, field)
    .split('\n')
    .filter((line) => !known.has(line) || line === '')
    .join('\n')
    .trim();
  return (more === '' ? b : `${String(b).trimEnd()}\n\n${more}`) as EntryContent[F];
}
