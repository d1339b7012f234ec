import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { notFound } from '../errors';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { storedContent } from './entry-dto';
import type { EntryRevision, RevisionSummary } from './entry-input-schema';
import { type EntryStatus, parseEntryId } from './entry-words';

export const REVISION_SUMMARY = {
  version: true,
  status: true,
  action: true,
  reason: true,
  authorName: true,
  createdAt: true,
} as const;

/** Revisions of an entry, latest first. @throws AppError `not_found`. */
export async function listRevisions({
  viewer,
  id,
  query,
}: {
  viewer: Viewer;
  id: string;
  query: PageQuery;
}): Promise<Page<RevisionSummary>> {
  assertCan(viewer, 'read');
  const entryId = parseEntryId(id) ?? -1;
  const after = decodeCursor(query.cursor, z.tuple([z.number().int()]));
  const rows = await getDb().revision.findMany({
    where: { entryId, ...(after ? { version: { lt: after[0] } } : {}) },
    orderBy: { version: 'desc' },
    take: query.limit + 1,
    select: REVISION_SUMMARY,
  });
  if (rows.length === 0 && !after) throw notFound('entry', id);
  return toPage(rows, query.limit, (row) => [row.version], toRevisionSummary);
}

/** One revision with its content. @throws AppError `not_found`. */
export async function getRevision({
  viewer,
  id,
  version,
}: {
  viewer: Viewer;
  id: string;
  version: number;
}): Promise<EntryRevision> {
  assertCan(viewer, 'read');
  const entryId = parseEntryId(id) ?? -1;
  const row = await getDb().revision.findUnique({
    where: { entryId_version: { entryId, version } },
    select: { ...REVISION_SUMMARY, content: true },
  });
  if (!row) throw notFound('revision', `${version} of ${id}`);
  return { ...toRevisionSummary(row), content: storedContent(row.content) };
}

export const toRevisionSummary = (row: {
  version: number;
  status: string;
  action: string;
  reason: string;
  authorName: string;
  createdAt: Date;
}): RevisionSummary => ({
  version: row.version,
  status: row.status as EntryStatus,
  action: row.action,
  reason: row.reason,
  author: row.authorName,
  created_at: row.createdAt.toISOString(),
});
