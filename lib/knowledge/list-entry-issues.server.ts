import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { shortId } from '../projects/project-schema';
import type { EntryIssue } from './entry-input-schema';
import { parseEntryId } from './entry-words';

interface Row {
  fix_id: string;
  prefix: string;
  number: number;
  title: string;
  status: string;
  service: string;
  event_count: string;
  last_seen: Date;
  verdict: string;
  applied_at: Date;
}

/** The issues this entry was applied to, each with its latest fix, the latest first. */
export async function listEntryIssues({
  viewer,
  id,
  query,
}: {
  viewer: Viewer;
  id: string;
  query: PageQuery;
}): Promise<Page<EntryIssue>> {
  assertCan(viewer, 'read');
  const before = decodeCursor(query.cursor, z.tuple([z.string().regex(/^\d{1,18}$/)]))?.[0] ?? null;
  const { rows } = await getPool().query<Row>(
    `SELECT f.id::text AS fix_id, p.prefix, i.number, i.title, i.status, i.service, i.event_count::text, i.last_seen,
            f.verdict, f.applied_at
       FROM (SELECT DISTINCT ON (project_id, issue_number) * FROM fix WHERE entry_id = $1
              ORDER BY project_id, issue_number, id DESC) f
       JOIN issue i ON i.project_id = f.project_id AND i.number = f.issue_number
       JOIN project p ON p.id = f.project_id
      WHERE $2::bigint IS NULL OR f.id < $2::bigint
      ORDER BY f.id DESC LIMIT $3`,
    [parseEntryId(id) ?? -1, before, query.limit + 1],
  );
  return toPage(
    rows,
    query.limit,
    (row) => [row.fix_id],
    (row) => ({
      id: shortId(row.prefix, row.number),
      title: row.title,
      status: row.status,
      service: row.service,
      event_count: Number(row.event_count),
      last_seen: row.last_seen.toISOString(),
      verdict: row.verdict,
      applied_at: row.applied_at.toISOString(),
    }),
  );
}
