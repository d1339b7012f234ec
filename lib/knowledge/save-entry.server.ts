import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings } from '../settings/settings.server';
import { sameContent } from './content-hash';
import { contentOf } from './entry-content';
import { applyPatch, type EntryInput, type EntryPatch } from './entry-input-schema';
import type { Entry } from './entry-schema';
import { next } from './entry-state';
import { entryId } from './entry-words';
import { getEntry } from './get-entry.server';
import { storable } from './storable-text';
import { authorOf, currentEntry, insertEntry, stateOf, writeRevision } from './write-entry.server';

interface Call {
  viewer: Viewer;
  now: Date;
  ip?: string;
}

/** A new entry written by a person. @throws AppError `forbidden`, `conflict` (external id taken, four eyes). */
export async function createEntry({ viewer, input, now, ip }: Call & { input: EntryInput }): Promise<Entry> {
  assertCan(viewer, input.status === 'published' ? 'review' : 'write');
  const id = await getDb().$transaction(async (tx) => {
    if (input.status === 'published') {
      const fourEyes = { required: (await getSettings(tx)).four_eyes, actor: viewer.id, author: viewer.id };
      const decision = next({ status: 'draft', disputed: false, nextReview: null }, { kind: 'publish', fourEyes }, now);
      if (!decision.ok) throw new AppError('conflict', decision.reason);
    }
    const number = await insertEntry(tx, {
      content: contentOf(input),
      status: input.status,
      origin: 'human',
      action: 'edited',
      reason: input.reason,
      author: authorOf(viewer),
      externalId: input.external_id,
      now,
    });
    await recordAudit(
      { viewer, action: 'knowledge.create', target: entryId(number), data: { status: input.status }, ip },
      tx,
    );
    return entryId(number);
  });
  return getEntry({ viewer, id, now });
}

/**
 * Changes the fields the patch names; a patch that changes nothing leaves no revision. With four eyes, a published entry
 * waits for review again.
 * @throws AppError `version_conflict` with `current_version` when the entry moved on from `version`.
 */
export async function updateEntry({
  viewer,
  id,
  patch,
  version,
  now,
  ip,
}: Call & { id: string; patch: EntryPatch; version?: number }): Promise<Entry> {
  assertCan(viewer, 'write');
  await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id, version);
    const content = storable(applyPatch(entry.content, patch));
    if (sameContent(entry.content, content)) return;
    const decision = next(stateOf(entry), { kind: 'edit', fourEyes: (await getSettings(tx)).four_eyes }, now);
    if (!decision.ok) throw new AppError('conflict', decision.reason);
    const written = await writeRevision(tx, entry, {
      content,
      state: { ...decision.state, nextReview: content.next_review },
      action: 'edited',
      reason: patch.reason,
      author: authorOf(viewer),
      now,
    });
    await recordAudit({ viewer, action: 'knowledge.update', target: id, data: { version: written }, ip }, tx);
  });
  return getEntry({ viewer, id, now });
}
