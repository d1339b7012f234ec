import { systemViewer, type Viewer } from '../auth/viewer';
import type { Tx } from '../db/client.server';
import { AppError } from '../errors';
import { sameContent } from '../knowledge/content-hash';
import { authorOfContent } from '../knowledge/entry-people.server';
import type { EntryContent } from '../knowledge/entry-schema';
import { next } from '../knowledge/entry-state';
import { entryId } from '../knowledge/entry-words';
import { storable } from '../knowledge/storable-text';
import {
  type Author,
  authorOf,
  type CurrentEntry,
  currentEntry,
  insertEntry,
  stateOf,
  writeRevision,
} from '../knowledge/write-entry.server';
import { getSettings } from '../settings/settings.server';

/**
 * Makes sure that an entry is published with these words (null: as it stands), writing the revisions that takes; without
 * an entry a new one is made. Answers its number. @throws AppError `conflict` when four eyes or its state forbid it.
 */
export async function publishForFix(
  tx: Tx,
  {
    viewer,
    entryNumber,
    content,
    writer,
    now,
  }: {
    viewer: Viewer;
    entryNumber: number | null;
    content: EntryContent | null;
    /** The member or token that wrote these words; null where they are as learning proposed them. */
    writer: Author | null;
    now: Date;
  },
): Promise<number> {
  const fourEyes = (await getSettings(tx)).four_eyes;
  if (entryNumber === null) {
    if (!content) throw new AppError('conflict', 'This suggestion has neither an entry nor a draft.');
    if (fourEyes && writer !== null && writer.id === viewer.id)
      throw new AppError('conflict', 'Four eyes: you wrote these words, so somebody else has to accept them.');
    return insertEntry(tx, {
      content: storable(content),
      status: 'published',
      origin: 'learned',
      action: 'learned',
      author: authorOf(viewer),
      now,
    });
  }
  let entry = await currentEntry(tx, entryId(entryNumber));
  if (entry.status === 'retired')
    throw new AppError(
      'conflict',
      `${entryId(entryNumber)} is retired. Publish it again first, or reject the suggestion as outdated.`,
    );
  const words = content ? storable(content) : entry.content;
  const isEdited = !sameContent(entry.content, words);
  if (isEdited) {
    const decision = next(stateOf(entry), { kind: 'edit', fourEyes }, now);
    if (!decision.ok) throw new AppError('conflict', decision.reason);
    await writeRevision(tx, entry, {
      content: words,
      state: { ...decision.state, nextReview: words.next_review },
      action: writer ? 'edited' : 'learned',
      reason: writer ? 'Edited while accepting a suggestion' : `As proposed; accepted by ${viewer.name}`,
      author: writer ?? authorOf(systemViewer()),
      now,
    });
    entry = await currentEntry(tx, entryId(entryNumber));
  }
  if (entry.status !== 'published') await publish(tx, entry, { viewer, fourEyes, now });
  return entryNumber;
}

async function publish(
  tx: Tx,
  entry: CurrentEntry,
  { viewer, fourEyes, now }: { viewer: Viewer; fourEyes: boolean; now: Date },
): Promise<void> {
  const author = await authorOfContent(tx, entry.number);
  const decision = next(
    stateOf(entry),
    { kind: 'publish', fourEyes: { required: fourEyes, actor: viewer.id, author } },
    now,
  );
  if (!decision.ok) throw new AppError('conflict', decision.reason);
  await writeRevision(tx, entry, {
    content: entry.content,
    state: decision.state,
    action: 'published',
    reason: 'Accepted as the fix of an issue',
    author: authorOf(viewer),
    now,
  });
}
