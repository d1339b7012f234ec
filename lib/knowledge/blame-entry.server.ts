import type { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { assertCan } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { notFound } from '../errors';
import { blame } from './blame';
import { storedContent } from './entry-dto';
import type { blameSchema } from './entry-input-schema';
import { parseEntryId } from './entry-words';
import { REVISION_SUMMARY, toRevisionSummary } from './list-revisions.server';

/** Revisions looked back over; older changes count as made by the oldest of them. */
const DEPTH = 200;

/** Which revision each field and each solution comes from. @throws AppError `not_found`. */
export async function blameEntry({ viewer, id }: { viewer: Viewer; id: string }): Promise<z.infer<typeof blameSchema>> {
  assertCan(viewer, 'read');
  const rows = await getDb().revision.findMany({
    where: { entryId: parseEntryId(id) ?? -1 },
    orderBy: { version: 'desc' },
    take: DEPTH,
    select: { ...REVISION_SUMMARY, content: true },
  });
  if (rows.length === 0) throw notFound('entry', id);
  return blame(rows.map((row) => ({ revision: toRevisionSummary(row), content: storedContent(row.content) })));
}
