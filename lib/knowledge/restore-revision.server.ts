import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { AppError } from '../errors';
import { getSettings } from '../settings/settings.server';
import { sameContent } from './content-hash';
import type { Entry } from './entry-schema';
import { next } from './entry-state';
import { getEntry } from './get-entry.server';
import { getRevision } from './list-revisions.server';
import { authorOf, currentEntry, stateOf, writeRevision } from './write-entry.server';

/**
 * Brings back the words of an earlier revision as a new one; the status stays, as after an edit.
 * @throws AppError `not_found`, `version_conflict`; `conflict` when the entry says the same already.
 */
export async function restoreRevision({
  viewer,
  id,
  revision,
  version,
  reason = '',
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  /** The one to bring back. */
  revision: number;
  /** The one it is based on. */
  version?: number;
  reason?: string;
  now: Date;
  ip?: string;
}): Promise<Entry> {
  assertCan(viewer, 'write');
  const { content } = await getRevision({ viewer, id, version: revision });
  await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id, version);
    if (sameContent(entry.content, content))
      throw new AppError('conflict', `${id} says the same as in revision ${revision} already.`);
    const decision = next(stateOf(entry), { kind: 'edit', fourEyes: (await getSettings(tx)).four_eyes }, now);
    if (!decision.ok) throw new AppError('conflict', decision.reason);
    await writeRevision(tx, entry, {
      content,
      state: { ...decision.state, nextReview: content.next_review },
      action: 'restored',
      reason: reason || `Revision ${revision}`,
      author: authorOf(viewer),
      now,
    });
    await recordAudit({ viewer, action: 'knowledge.restore', target: id, data: { revision }, ip }, tx);
  });
  return getEntry({ viewer, id, now });
}
