import type { EntryContent } from './entry-schema';
import { changedFields, type EntryField } from './field-text';

export interface ContentMerge {
  /** What either side changed alone, with mine where both did. */
  merged: EntryContent;
  /** Fields both changed, and not to the same. */
  conflicts: EntryField[];
  /** Fields only they changed: taken over. */
  theirs: EntryField[];
}

/** Two people started from `base`: nobody's words are lost where they worked on different fields. */
export function mergeContent(base: EntryContent, mine: EntryContent, theirs: EntryContent): ContentMerge {
  const byMe = new Set(changedFields(base, mine));
  const byThem = changedFields(base, theirs);
  const differing = new Set(changedFields(mine, theirs));
  const taken = byThem.filter((field) => !byMe.has(field));
  return {
    merged: withFields(mine, theirs, taken),
    conflicts: byThem.filter((field) => byMe.has(field) && differing.has(field)),
    theirs: taken,
  };
}

/** `content` with these fields of another. */
export const withFields = (content: EntryContent, from: EntryContent, fields: readonly EntryField[]): EntryContent => ({
  ...content,
  ...Object.fromEntries(fields.map((field) => [field, from[field]])),
});
