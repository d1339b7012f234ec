import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { changeStatus } from './change-status.server';
import { currentEntry } from './write-entry.server';

/**
 * Deletes a draft that nobody ever relied on. Any other entry has a history that issues point at: it is retired instead,
 * which needs the review permission; one retired already stays so. Answers which of the two happened.
 */
export async function deleteEntry({
  viewer,
  id,
  version,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  version?: number;
  now: Date;
  ip?: string;
}): Promise<'deleted' | 'retired'> {
  assertCan(viewer, 'write');
  const deleted = await getDb().$transaction(async (tx) => {
    const entry = await currentEntry(tx, id, version);
    if (entry.status === 'retired') return null;
    if (entry.status !== 'draft' || entry.publishedAt !== null) return false;
    await tx.entry.deleteMany({ where: { id: entry.number } });
    await recordAudit({ viewer, action: 'knowledge.delete', target: id, data: { title: entry.content.title }, ip }, tx);
    return true;
  });
  if (deleted === false) await changeStatus({ viewer, id, action: 'retire', reason: 'Deleted', version, now, ip });
  return deleted ? 'deleted' : 'retired';
}
