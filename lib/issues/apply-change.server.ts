import type { Viewer } from '../auth/viewer';
import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { AppError, notFound } from '../errors';
import type { IssueRef } from './find-issue.server';
import { type IssueColumns, toIssueState } from './issue-row';
import { type IssueState, type IssueStateEvent, nextIssueState, type StateTurningPoint } from './issue-state';

type LockedColumns = Parameters<typeof toIssueState>[0] &
  Pick<IssueColumns, 'version' | 'assignee_id' | 'known_entry_id' | 'last_release'> & { merged_into: number | null };

export interface LockedIssue {
  state: IssueState;
  version: number;
  assigneeId: string | null;
  knownEntryId: number | null;
  lastRelease: string | null;
}

/** Who did it, when, and with what else: one `batch` is undone together. */
export interface ChangeContext {
  viewer: Viewer;
  now: Date;
  batch: string;
}

/** Reads an issue and keeps others from changing it until the transaction ends. @throws AppError `not_found`. */
export async function lockIssue(tx: Tx, ref: IssueRef): Promise<LockedIssue> {
  const [row] = await tx.$queryRaw<LockedColumns[]>`
    SELECT status, first_seen, status_changed_at, resolved_at, resolved_mode, resolved_release, mute_rule, event_count,
           version, assignee_id, known_entry_id, last_release, merged_into
    FROM issue WHERE project_id = ${ref.projectId} AND number = ${ref.number} FOR UPDATE`;
  if (!row) throw notFound('issue', ref.id);
  if (row.merged_into !== null) throw new AppError('conflict', `${ref.id} has just been merged into another issue.`);
  return {
    state: toIssueState(row),
    version: row.version,
    assigneeId: row.assignee_id,
    knownEntryId: row.known_entry_id,
    lastRelease: row.last_release,
  };
}

/** @throws AppError `version_conflict` when the caller's idea of the issue is not the latest. */
export function checkVersion(ref: IssueRef, issue: LockedIssue, expected: number | undefined): void {
  if (expected === undefined || expected === issue.version) return;
  throw new AppError('version_conflict', `${ref.id} was changed in the meantime; load it again.`, {
    extra: { current_version: issue.version },
  });
}

/**
 * Takes one step of the state machine and writes it down; false when it changes nothing.
 * @throws AppError `conflict` with the reason when the state refuses.
 */
export async function applyStateEvent(
  tx: Tx,
  ref: IssueRef,
  issue: LockedIssue,
  event: IssueStateEvent,
  context: ChangeContext,
  extra: Record<string, unknown> = {},
): Promise<boolean> {
  const next = nextIssueState(issue.state, event, context.now);
  if ('refused' in next) throw new AppError('conflict', `${ref.id}: ${next.refused}`);
  if (next.turningPoints.length === 0) return false;
  const { state } = next;
  await tx.issue.update({
    where: { projectId_number: { projectId: ref.projectId, number: ref.number } },
    data: {
      status: state.status,
      statusChangedAt: state.statusChangedAt,
      resolvedAt: state.resolvedAt,
      resolvedMode: state.resolvedMode,
      resolvedRelease: state.resolvedRelease,
      muteRule: state.muteRule ?? Prisma.DbNull,
      version: { increment: 1 },
    },
  });
  await addTurningPoints(tx, ref, next.turningPoints, context, extra);
  await stampFix(tx, ref, issue, state);
  return true;
}

export async function addTurningPoints(
  tx: Tx,
  ref: IssueRef,
  points: StateTurningPoint[],
  { viewer, now, batch }: ChangeContext,
  extra: Record<string, unknown> = {},
): Promise<void> {
  await tx.turningPoint.createMany({
    data: points.map((point) => ({
      projectId: ref.projectId,
      issueNumber: ref.number,
      at: now,
      kind: point.kind,
      actorId: viewer.userId,
      actorName: viewer.kind === 'system' ? null : viewer.name,
      data: JSON.parse(JSON.stringify({ ...point.data, ...extra, batch })),
    })),
  });
}

/** The fix that is being watched knows when its issue was resolved: time to resolve is counted from it. */
async function stampFix(tx: Tx, ref: IssueRef, before: LockedIssue, after: IssueState): Promise<void> {
  const was = before.state.resolvedAt;
  if (before.knownEntryId === null || was?.getTime() === after.resolvedAt?.getTime()) return;
  await tx.fix.updateMany({
    where: {
      projectId: ref.projectId,
      issueNumber: ref.number,
      entryId: before.knownEntryId,
      verdict: 'watching',
      resolvedAt: was,
    },
    data: { resolvedAt: after.resolvedAt },
  });
}
