import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { decodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { findIssue } from './find-issue.server';
import type { Activity } from './issue-schema';

interface ActivityColumns {
  source: 't' | 'c';
  id: string;
  kind: string;
  at: Date;
  actor_id: string | null;
  actor_name: string | null;
  data: Record<string, unknown>;
  body: string | null;
  edited_at: Date | null;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.enum(['t', 'c']), z.string().regex(/^\d{1,19}$/)]);

/** Turning points and comments of an issue, newest first. Ids begin with `t` and `c`. */
export async function listActivity({
  viewer,
  issueId,
  page,
}: {
  viewer: Viewer;
  issueId: string;
  page: PageQuery;
}): Promise<Page<Activity>> {
  const issue = await findIssue({ viewer, issueId });
  const after = decodeCursor(page.cursor, cursorSchema);
  const { rows } = await getPool().query<ActivityColumns>(
    `SELECT * FROM (
       SELECT 't' AS source, id, kind, at, actor_id, actor_name, data - 'restore' AS data, NULL AS body, NULL::timestamptz AS edited_at
       FROM turning_point WHERE project_id = $1 AND issue_number = $2
       UNION ALL
       SELECT 'c', id, 'comment', created_at, author_id, author_name, '{}'::jsonb, body, edited_at
       FROM comment WHERE project_id = $1 AND issue_number = $2) lines
     ${after ? 'WHERE (at, source, id) < ($4::timestamptz, $5, $6::bigint)' : ''}
     ORDER BY at DESC, source DESC, id DESC LIMIT $3`,
    [issue.projectId, issue.number, page.limit + 1, ...(after ?? [])],
  );
  return toPage(
    rows,
    page.limit,
    (row) => [row.at.toISOString(), row.source, row.id],
    (row) => ({
      id: `${row.source}${row.id}`,
      kind: row.kind,
      at: row.at.toISOString(),
      actor: row.actor_name === null ? null : { id: row.actor_id, name: row.actor_name },
      data: row.data,
      body: row.body,
      edited_at: row.edited_at?.toISOString() ?? null,
    }),
  );
}
