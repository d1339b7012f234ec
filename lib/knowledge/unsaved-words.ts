import type { EntryContent } from './entry-schema';

/** What somebody wrote and did not save: the fields, and the text of the source view where that could not be read yet. */
export interface UnsavedWords {
  /** Revision they started from; 0 for a new entry. */
  version: number;
  entry: EntryContent;
  source: string | null;
  /** ISO instant. */
  savedAt: string;
}

/** The newer of what this browser and the server kept. */
export function newestWords(a: UnsavedWords | null, b: UnsavedWords | null): UnsavedWords | null {
  if (!a || !b) return a ?? b;
  return b.savedAt > a.savedAt ? b : a;
}

/** Reads what was stored; null when it is of another shape, such as that of an earlier version. */
export function readUnsaved(value: unknown, blank: EntryContent): UnsavedWords | null {
  if (value === null || typeof value !== 'object') return null;
  const { version, entry, source, savedAt } = value as Partial<Record<keyof UnsavedWords, unknown>>;
  if (typeof version !== 'number' || typeof savedAt !== 'string' || entry === null || typeof entry !== 'object')
    return null;
  return {
    version,
    entry: { ...blank, ...(entry as Partial<EntryContent>) },
    source: typeof source === 'string' ? source : null,
    savedAt,
  };
}
