import type { EntryContent } from './entry-schema';
import { changedFields, fieldText } from './field-text';
import { mergeContent } from './merge-content';
import type { PackEntryDiff } from './pack-schema';
import type { Pack } from './read-pack';

/** What is here of an entry of a pack. */
export interface PackedHere {
  id: string;
  /** What the pack said when it was last applied. */
  base: EntryContent;
  content: EntryContent;
}

export interface PlannedPackEntry {
  diff: PackEntryDiff;
  /** What the pack says now. */
  pack: EntryContent | null;
  /** What the entry is to say; null where nothing is to be written. */
  content: EntryContent | null;
}

/** What applying a pack does to one entry. What somebody changed here stays; the rest follows the pack. */
export function planPackEntry(
  { key, title, content, errors }: Pack['entries'][number],
  here: PackedHere | 'deleted' | null,
): PlannedPackEntry {
  const diff = { key, title, errors, fields: [], id: here && here !== 'deleted' ? here.id : null };
  if (!content) return { diff: { ...diff, action: 'invalid' }, pack: null, content: null };
  if (here === 'deleted') return { diff: { ...diff, action: 'deleted' }, pack: content, content: null };
  if (!here) return { diff: { ...diff, action: 'new' }, pack: content, content };
  const merge = mergeContent(here.base, here.content, content);
  const taken = new Set(merge.theirs);
  const conflicts = new Set(merge.conflicts);
  const fields = changedFields(here.content, content).map((field) => ({
    ...{ field, here: fieldText(here.content, field), pack: fieldText(content, field) },
    outcome: taken.has(field) ? ('take' as const) : conflicts.has(field) ? ('conflict' as const) : ('keep' as const),
  }));
  const action = fields.length === 0 ? 'same' : taken.size > 0 ? 'changed' : 'kept';
  return { diff: { ...diff, action, fields }, pack: content, content: action === 'changed' ? merge.merged : null };
}
