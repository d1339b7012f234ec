import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { AppError } from '../errors';
import { shortId } from '../projects/project-schema';
import type { ChangeContext } from './apply-change.server';
import { changeOne, resolveAssignee } from './change-issue.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { Values } from './issue-conditions';
import { type BulkResult, type IssueChange, MAX_BULK } from './issue-schema';
import { filterConditions, type IssueFilter, projectCondition } from './list-issues.server';
import { undoToken } from './undo-token';

/**
 * The same change to many issues: by id, or all that match a filter (a thousand at most). Each issue stands alone: one
 * that refuses is reported and stops none of the others.
 */
export async function bulkChange({
  viewer,
  ids,
  filter,
  change,
  now,
}: {
  viewer: Viewer;
  ids?: string[];
  filter?: IssueFilter;
  change: IssueChange;
  now: Date;
}): Promise<BulkResult> {
  assertCan(viewer, 'write');
  const assignee = await resolveAssignee(viewer, change.assignee);
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  const result: BulkResult = { changed: [], unchanged: [], refused: [], undo: null };
  const attempt = async (id: string, deed: () => Promise<boolean>) => {
    try {
      (await deed()) ? result.changed.push(id) : result.unchanged.push(id);
    } catch (problem) {
      if (!(problem instanceof AppError) || problem.status >= 500) throw problem;
      result.refused.push({ id, reason: problem.message });
    }
  };
  const applyTo = (ref: IssueRef) => getDb().$transaction((tx) => changeOne(tx, ref, change, assignee, context));
  if (ids)
    for (const id of new Set(ids)) await attempt(id, async () => applyTo(await findIssue({ viewer, issueId: id })));
  else
    for (const ref of await findMatching(viewer, filter ?? { query: '' }, now))
      await attempt(ref.id, () => applyTo(ref));
  if (result.changed.length > 0) result.undo = undoToken({ batch: context.batch, at: now });
  return result;
}

async function findMatching(viewer: Viewer, filter: IssueFilter, now: Date): Promise<IssueRef[]> {
  const values = new Values();
  const conditions = filterConditions(filter, values, viewer, now);
  if (filter.project) conditions.push(projectCondition(filter.project, values));
  const { rows } = await getPool().query<{ project_id: number; number: number; prefix: string }>(
    `SELECT i.project_id, i.number, p.prefix FROM issue i JOIN project p ON p.id = i.project_id
     WHERE ${conditions.join(' AND ')} ORDER BY i.last_seen DESC LIMIT ${MAX_BULK}`,
    values.list,
  );
  return rows.map((row) => ({
    projectId: row.project_id,
    number: row.number,
    prefix: row.prefix,
    id: shortId(row.prefix, row.number),
  }));
}
