import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { parseShortId, shortId } from '../projects/project-schema';

export interface IssueRef {
  projectId: number;
  number: number;
  prefix: string;
  /** `API-42` of the issue it is now. */
  id: string;
}

/** Merges are followed this far; more would be a circle. */
const MAX_MERGES = 20;

/** The issue that `API-42` names, or the one it was merged into. @throws AppError `not_found` | `forbidden`. */
export async function findIssue({ viewer, issueId }: { viewer: Viewer; issueId: string }): Promise<IssueRef> {
  assertCan(viewer, 'read');
  const parsed = parseShortId(issueId);
  if (!parsed) throw notFound('issue', issueId.slice(0, 100));
  const { rows } = await getPool().query<{ project_id: number; number: number; prefix: string }>(
    `WITH RECURSIVE chain AS (
       SELECT i.project_id, i.number, i.merged_into, p.prefix, 0 AS step
       FROM issue i JOIN project p ON p.id = i.project_id WHERE p.prefix = $1 AND i.number = $2
       UNION ALL
       SELECT i.project_id, i.number, i.merged_into, c.prefix, c.step + 1
       FROM chain c JOIN issue i ON i.project_id = c.project_id AND i.number = c.merged_into
       WHERE c.step < ${MAX_MERGES})
     SELECT project_id, number, prefix FROM chain WHERE merged_into IS NULL`,
    [parsed.prefix, parsed.number],
  );
  const row = rows[0];
  if (!row) throw notFound('issue', issueId.slice(0, 100));
  return {
    projectId: row.project_id,
    number: row.number,
    prefix: row.prefix,
    id: shortId(row.prefix, row.number),
  };
}
