import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, getPool, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { NO_TRACK_RECORD } from '../knowledge/entry-dto';
import { next } from '../knowledge/entry-state';
import { type EntryStatus, entryId } from '../knowledge/entry-words';
import { trackRecords } from '../knowledge/track-record.server';
import { authorOf, currentEntry, stateOf, writeRevision } from '../knowledge/write-entry.server';
import { getSettings } from '../settings/settings.server';
import { mergedEntry } from './entry-update';
import type { EntryMerge } from './merge-schema';

const SHOWN = 100;

interface Row {
  id: string;
  status: EntryMerge['status'];
  score: number;
  evidence: string[];
  decided_name: string | null;
  decided_at: Date | null;
  created_at: Date;
  sides: Record<'keep' | 'drop', { id: number; title: string; status: EntryStatus; component: string }>;
}

/** Pairs of entries that say the same, most alike first; at most a hundred. */
export async function listMerges({
  viewer,
  status,
  id,
}: {
  viewer: Viewer;
  status?: EntryMerge['status'];
  id?: string;
}): Promise<EntryMerge[]> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<Row>(
    `SELECT m.id, m.status, m.score, m.evidence, m.decided_name, m.decided_at, m.created_at,
       json_build_object('keep', json_build_object('id', k.id, 'title', k.title, 'status', k.status, 'component', k.component),
                         'drop', json_build_object('id', d.id, 'title', d.title, 'status', d.status, 'component', d.component)) AS sides
     FROM entry_merge m JOIN entry k ON k.id = m.keep_id JOIN entry d ON d.id = m.drop_id
     WHERE ($1::text IS NULL OR m.status = $1) AND ($2::bigint IS NULL OR m.id = $2)
       AND (m.status <> 'pending' OR k.status = 'published' AND d.status = 'published')
     ORDER BY m.score DESC, m.id LIMIT ${SHOWN}`,
    [status ?? null, id ?? null],
  );
  const records = await trackRecords(rows.flatMap(({ sides }) => [sides.keep.id, sides.drop.id]));
  const side = (one: Row['sides']['keep']): EntryMerge['keep'] => ({
    ...one,
    id: entryId(one.id),
    track_record: records.get(one.id)?.trackRecord ?? NO_TRACK_RECORD,
  });
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    keep: side(row.sides.keep),
    drop: side(row.sides.drop),
    score: row.score,
    shared: row.evidence,
    decided_by: row.decided_name,
    decided_at: row.decided_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  }));
}

/**
 * Puts one entry into the other: what only it says is added, issues and suggestions that point at it point at the one
 * that stays, and it is retired. Rejecting keeps both, for good.
 * @throws AppError `not_found` | `forbidden`; `conflict` when it was decided or an entry is not published any more.
 */
export async function decideMerge({
  viewer,
  id,
  accept,
  now,
  ip,
}: {
  viewer: Viewer;
  id: string;
  accept: boolean;
  now: Date;
  ip?: string;
}): Promise<EntryMerge> {
  assertCan(viewer, 'review');
  await getDb().$transaction(async (tx) => {
    const row = await tx.entryMerge.findUnique({ where: { id: BigInt(id) } });
    if (!row) throw notFound('merge', id);
    const { count } = await tx.entryMerge.updateMany({
      where: { id: row.id, status: 'pending' },
      data: {
        status: accept ? 'accepted' : 'rejected',
        decidedBy: viewer.userId,
        decidedName: viewer.name,
        decidedAt: now,
      },
    });
    if (count === 0) throw new AppError('conflict', `This merge is ${row.status} already.`);
    if (accept) await merge(tx, row, viewer, now);
    const data = { keep: entryId(row.keepId), drop: entryId(row.dropId) };
    await recordAudit({ viewer, action: accept ? 'entry.merge' : 'entry.keep_apart', target: id, data, ip }, tx);
  });
  const [merged] = await listMerges({ viewer, id });
  if (!merged) throw notFound('merge', id);
  return merged;
}

async function merge(tx: Tx, row: { keepId: number; dropId: number }, viewer: Viewer, now: Date): Promise<void> {
  const [keep, drop] = [await currentEntry(tx, entryId(row.keepId)), await currentEntry(tx, entryId(row.dropId))];
  if (keep.status !== 'published' || drop.status !== 'published')
    throw new AppError('conflict', 'Only published entries are merged; one of these is not any more.');
  const fourEyes = (await getSettings(tx)).four_eyes;
  const edited = next(stateOf(keep), { kind: 'edit', fourEyes }, now);
  if (!edited.ok) throw new AppError('conflict', edited.reason);
  const retired = next(stateOf(drop), { kind: 'retire' }, now);
  if (!retired.ok) throw new AppError('conflict', retired.reason);
  const write = { author: authorOf(viewer), now };
  await writeRevision(tx, keep, {
    ...write,
    content: mergedEntry(keep.content, drop.content),
    state: edited.state,
    action: 'edited',
    reason: `Took in ${entryId(row.dropId)}`,
  });
  await writeRevision(tx, drop, {
    ...write,
    content: drop.content,
    state: retired.state,
    action: 'retired',
    reason: `Went into ${entryId(row.keepId)}`,
  });
  await tx.issue.updateMany({
    where: { knownEntryId: row.dropId },
    data: { knownEntryId: row.keepId, version: { increment: 1 } },
  });
  await tx.suggestion.updateMany({
    where: { entryId: row.dropId, status: 'pending' },
    data: { status: 'superseded' },
  });
  await tx.entryMerge.updateMany({
    where: { status: 'pending', OR: [{ keepId: row.dropId }, { dropId: row.dropId }] },
    data: { status: 'superseded' },
  });
}
