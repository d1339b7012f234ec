import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { shortId } from '../projects/project-schema';
import { addTurningPoints, applyStateEvent, type ChangeContext, lockIssue } from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import type { ChangedIssue, undoResultSchema } from './issue-schema';
import { stateSnapshotSchema } from './issue-state';
import { MERGE_TIMEOUT_MS } from './merge-issues.server';
import { undoSplit } from './undo-split.server';
import { readUndoToken } from './undo-token';

/** What people do to an issue; what events do to it is not theirs to take back. */
const UNDOABLE = ['resolved', 'reopened', 'muted', 'unmuted', 'assigned', 'unassigned', 'split'];

interface Line {
  kind: string;
  at: Date;
  data: Record<string, unknown>;
}

/** Takes back what one call changed, issue by issue; where something has happened since, says so. */
export async function undoChanges({
  viewer,
  token,
  now,
}: {
  viewer: Viewer;
  token: string;
  now: Date;
}): Promise<z.infer<typeof undoResultSchema>> {
  assertCan(viewer, 'write');
  const { batch, at } = readUndoToken(token);
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  const lines = await getDb().$queryRaw<(Line & { project_id: number; issue_number: number; prefix: string })[]>`
    SELECT t.kind, t.at, t.data, t.project_id, t.issue_number, p.prefix
    FROM turning_point t JOIN project p ON p.id = t.project_id
    WHERE t.kind = ANY(${UNDOABLE}) AND t.at = ${at} AND t.data->>'batch' = ${batch}
    ORDER BY t.project_id, t.issue_number, t.id DESC`;
  const undone = new Set<string>();
  const refused: { id: string; reason: string }[] = [];
  for (const line of lines) {
    const id = shortId(line.prefix, line.issue_number);
    const ref = { projectId: line.project_id, number: line.issue_number, prefix: line.prefix, id };
    try {
      await getDb().$transaction((tx) => undoLine(tx, ref, line, context), {
        timeout: line.kind === 'split' ? MERGE_TIMEOUT_MS : undefined,
      });
      undone.add(id);
    } catch (problem) {
      if (!(problem instanceof AppError) || problem.status >= 500) throw problem;
      refused.push({ id, reason: problem.message });
    }
  }
  return { undone: [...undone], refused };
}

/** Takes back the latest change that somebody made to this issue. @throws AppError `conflict` when there is none. */
export async function undoLatest({
  viewer,
  issueId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  now: Date;
}): Promise<ChangedIssue> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  await getDb().$transaction(
    async (tx) => {
      const [line] = await tx.$queryRaw<Line[]>`
      SELECT kind, at, data FROM turning_point t
      WHERE project_id = ${ref.projectId} AND issue_number = ${ref.number} AND kind = ANY(${UNDOABLE})
        AND NOT EXISTS (SELECT 1 FROM turning_point u WHERE u.project_id = t.project_id AND u.issue_number = t.issue_number
                        AND u.kind = 'undone' AND u.data->>'undid_batch' = t.data->>'batch')
      ORDER BY at DESC, id DESC LIMIT 1`;
      if (!line) throw new AppError('conflict', `There is nothing to undo on ${ref.id}.`);
      await undoLine(tx, ref, line, context);
    },
    { timeout: MERGE_TIMEOUT_MS },
  );
  return { ...(await loadIssue(ref)), undo: null };
}

async function undoLine(tx: Tx, ref: IssueRef, line: Line, context: ChangeContext): Promise<void> {
  if (line.kind === 'split') return undoSplit(tx, ref, line.data, context);
  const issue = await lockIssue(tx, ref);
  const extra = { undid: line.kind, undid_batch: line.data.batch };
  if (line.kind === 'assigned' || line.kind === 'unassigned') {
    if (issue.assigneeId !== (line.data.assignee_id ?? null))
      throw new AppError('conflict', `${ref.id}: the assignee has changed since; this can no longer be undone.`);
    const before = typeof line.data.previous_assignee_id === 'string' ? line.data.previous_assignee_id : null;
    await tx.issue.update({
      where: { projectId_number: { projectId: ref.projectId, number: ref.number } },
      data: { assigneeId: before, version: { increment: 1 } },
    });
    await addTurningPoints(tx, ref, [{ kind: 'undone', data: {} }], context, extra);
    return;
  }
  const previous = stateSnapshotSchema.safeParse(line.data.previous);
  if (!previous.success) throw new AppError('conflict', `${ref.id}: the state before this change is not known.`);
  await applyStateEvent(tx, ref, issue, { type: 'undo', previous: previous.data, changedAt: line.at }, context, extra);
}
