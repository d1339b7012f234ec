import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { resolveAssignee } from '../issues/change-issue.server';
import type { Entry } from './entry-schema';
import { getEntry } from './get-entry.server';
import { currentEntry } from './write-entry.server';

/**
 * Who looks after an entry: told when it waits, is published, or its fix recurs. No revision: its words stay.
 * @throws AppError `not_found`; `validation_failed` when there is no such member.
 */
export async function setOwner({
  viewer,
  id,
  owner,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  /** Id or e-mail of a member, `me`, or null for nobody. */
  owner: string | null;
  now: Date;
  ip?: string;
}): Promise<Entry> {
  assertCan(viewer, 'write');
  await getDb().$transaction(async (tx) => {
    const { number } = await currentEntry(tx, id);
    const member = owner === null ? null : await resolveAssignee(viewer, owner);
    await tx.entry.update({ where: { id: number }, data: { ownerId: member?.id ?? null } });
    await recordAudit({ viewer, action: 'knowledge.owner', target: id, data: { owner: member?.name ?? null }, ip }, tx);
  });
  return getEntry({ viewer, id, now });
}
