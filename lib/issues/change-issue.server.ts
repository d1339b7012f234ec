import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { notify } from '../notifications/notify.server';
import {
  addTurningPoints,
  applyStateEvent,
  type ChangeContext,
  checkVersion,
  type LockedIssue,
  lockIssue,
} from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import type { ChangedIssue, IssueChange } from './issue-schema';
import type { IssueStateEvent } from './issue-state';
import { undoToken } from './undo-token';

/**
 * Sets status or assignee of one issue. The answer carries a token that takes it back.
 * @throws AppError `not_found` | `conflict` (the state refuses) | `version_conflict` | `validation_failed`.
 */
export async function changeIssue({
  viewer,
  issueId,
  change,
  version,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  change: IssueChange;
  version?: number;
  now: Date;
}): Promise<ChangedIssue> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const assignee = await resolveAssignee(viewer, change.assignee);
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  const changed = await getDb().$transaction((tx) => changeOne(tx, ref, change, assignee, context, version));
  return { ...(await loadIssue(ref)), undo: changed ? undoToken({ batch: context.batch, at: now }) : null };
}

/** Undefined leaves the assignee as it is; null is nobody. */
export type Assignee = { id: string; name: string } | null | undefined;

/** The change itself, inside a transaction; false when the issue is so already. */
export async function changeOne(
  tx: Tx,
  ref: IssueRef,
  change: IssueChange,
  assignee: Assignee,
  context: ChangeContext,
  version?: number,
): Promise<boolean> {
  const issue = await lockIssue(tx, ref);
  checkVersion(ref, issue, version);
  const event = await toStateEvent(tx, ref, issue, change);
  const moved = event ? await applyStateEvent(tx, ref, issue, event, context) : false;
  const assigned = assignee === undefined ? false : await assign(tx, ref, issue, assignee, context);
  return moved || assigned;
}

async function toStateEvent(
  tx: Tx,
  ref: IssueRef,
  issue: LockedIssue,
  change: IssueChange,
): Promise<IssueStateEvent | null> {
  switch (change.status) {
    case undefined:
      return null;
    case 'resolved': {
      const mode = change.resolve_in ?? (change.release ? 'release' : 'now');
      const release = mode === 'now' ? null : (change.release ?? (await currentRelease(tx, ref, issue)));
      return { type: 'resolve', mode, release };
    }
    case 'muted':
      return { type: 'mute', rule: change.mute ?? { kind: 'forever' } };
    default:
      if (issue.state.status === 'resolved') return { type: 'reopen' };
      return issue.state.status === 'muted' ? { type: 'unmute' } : null;
  }
}

/** The newest release of the project; failing that, the last one the issue was seen in. */
async function currentRelease(tx: Tx, ref: IssueRef, issue: LockedIssue): Promise<string | null> {
  const [newest] = await tx.$queryRaw<{ version: string }[]>`
    SELECT version FROM release WHERE project_id = ${ref.projectId} ORDER BY first_seen DESC, version DESC LIMIT 1`;
  return newest?.version ?? issue.lastRelease;
}

async function assign(
  tx: Tx,
  ref: IssueRef,
  issue: LockedIssue,
  assignee: { id: string; name: string } | null,
  context: ChangeContext,
): Promise<boolean> {
  if ((assignee?.id ?? null) === issue.assigneeId) return false;
  await tx.issue.update({
    where: { projectId_number: { projectId: ref.projectId, number: ref.number } },
    data: { assigneeId: assignee?.id ?? null, version: { increment: 1 } },
  });
  if (assignee)
    await notify(tx, [assignee.id], {
      kind: 'issue_assigned',
      title: `${context.viewer.name} assigned ${ref.id} to you`,
      href: `/issues/${ref.id}`,
      actor: { id: context.viewer.userId, name: context.viewer.name },
      now: context.now,
    });
  const data = {
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
    previous_assignee_id: issue.assigneeId,
  };
  await addTurningPoints(tx, ref, [{ kind: assignee ? 'assigned' : 'unassigned', data }], context);
  return true;
}

/** @throws AppError `validation_failed` when there is no such member. */
export async function resolveAssignee(viewer: Viewer, wanted: string | null | undefined): Promise<Assignee> {
  if (wanted === undefined || wanted === null) return wanted;
  const refuse = (message: string) =>
    new AppError('validation_failed', `assignee: ${message}`, { errors: [{ field: 'assignee', message }] });
  if (wanted === 'me') {
    if (viewer.userId) return { id: viewer.userId, name: viewer.name };
    throw refuse('"me" means nobody with an API token; expected the id or e-mail of a member');
  }
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted);
  const user = await getDb().user.findUnique({ where: isId ? { id: wanted } : { email: wanted.toLowerCase() } });
  if (!user || user.disabledAt) throw refuse(`there is no active member "${wanted}"`);
  return { id: user.id, name: user.name };
}
