import type { EntryContent } from '@/lib/knowledge/entry-schema';
import { readUnsaved, type UnsavedWords } from '@/lib/knowledge/unsaved-words';

/** One browser may serve several people: each finds their own. */
const keyOf = (userId: string | null, entryKey: string) => `errata.draft.${userId ?? 'nobody'}.${entryKey}`;

// A browser may refuse storage (private mode, full); editing goes on without it.
function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** What this browser keeps of a member's unsaved words. */
export const localWords = {
  read: (userId: string | null, entryKey: string, blank: EntryContent): UnsavedWords | null =>
    quietly(() => readUnsaved(JSON.parse(localStorage.getItem(keyOf(userId, entryKey)) ?? 'null'), blank)),
  write: (userId: string | null, entryKey: string, words: UnsavedWords): boolean =>
    quietly(() => {
      localStorage.setItem(keyOf(userId, entryKey), JSON.stringify(words));
      return true;
    }) ?? false,
  forget: (userId: string | null, entryKey: string): void => {
    quietly(() => localStorage.removeItem(keyOf(userId, entryKey)));
  },
};
