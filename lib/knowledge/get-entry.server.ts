import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { notFound } from '../errors';
import { NO_TRACK_RECORD, toEntry } from './entry-dto';
import type { Entry } from './entry-schema';
import { parseEntryId } from './entry-words';
import { trackRecords } from './track-record.server';

/** One entry with its track record. @throws AppError `not_found`. */
export async function getEntry({ viewer, id, now }: { viewer: Viewer; id: string; now: Date }): Promise<Entry> {
  assertCan(viewer, 'read');
  const number = parseEntryId(id);
  const row = number === null ? null : await getDb().entry.findUnique({ where: { id: number } });
  if (!row) throw notFound('entry', id);
  const [records, owner] = await Promise.all([
    trackRecords([row.id]),
    row.ownerId ? getDb().user.findUnique({ where: { id: row.ownerId }, select: { id: true, name: true } }) : null,
  ]);
  return toEntry(row, { trackRecord: records.get(row.id)?.trackRecord ?? NO_TRACK_RECORD, owner }, now);
}
