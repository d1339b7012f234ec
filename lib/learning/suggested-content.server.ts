import type { Tx } from '../db/client.server';
import { AppError } from '../errors';
import { storedContent } from '../knowledge/entry-dto';
import { applyPatch, type EntryPatch } from '../knowledge/entry-input-schema';
import type { EntryContent } from '../knowledge/entry-schema';
import { entryId } from '../knowledge/entry-words';
import { currentEntry } from '../knowledge/write-entry.server';
import type { SuggestionRow } from './decide-suggestion.server';
import { editDistance } from './edit-distance';
import { withAdditions } from './entry-update';

/** The words accepting writes; null where the entry stays as it is. */
export async function editedContent(
  tx: Tx,
  row: SuggestionRow,
  patch: EntryPatch | undefined,
): Promise<EntryContent | null> {
  const draft = await proposedContent(tx, row);
  if (!patch) return draft;
  if (draft) return applyPatch(draft, patch);
  if (row.entryId === null) throw new AppError('conflict', 'This suggestion has neither an entry nor a draft.');
  return applyPatch((await currentEntry(tx, entryId(row.entryId), patch.version)).content, patch);
}

/** What the suggestion would write: a draft as it is, an update on top of the entry as it stands now. */
async function proposedContent(tx: Tx, row: SuggestionRow): Promise<EntryContent | null> {
  if (row.draft === null) return null;
  const draft = storedContent(row.draft);
  if (row.kind !== 'update' || row.entryId === null) return draft;
  return withAdditions((await currentEntry(tx, entryId(row.entryId))).content, draft);
}

/** How far the words to write are from those that were proposed, edits before this one included. */
export async function distanceTo(tx: Tx, row: SuggestionRow, content: EntryContent | null): Promise<number> {
  if (content === null) return row.editDistance ?? 0;
  const before =
    row.draft !== null
      ? storedContent(row.draft)
      : row.entryId === null
        ? content
        : (await currentEntry(tx, entryId(row.entryId))).content;
  return Math.min(1, (row.editDistance ?? 0) + editDistance(before, content));
}
