import { randomUUID } from 'node:crypto';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { notFound } from '../errors';
import { addTurningPoints } from '../issues/apply-change.server';
import { findIssue } from '../issues/find-issue.server';
import { entryId, parseEntryId } from '../knowledge/entry-words';
import type { IssueKey } from './match-issue.server';

/** What a reviewer decided about an entry counts for the ranking from now on; a suggestion counts once. */
export async function recordDecision(
  tx: Tx,
  issue: IssueKey,
  decision: {
    suggestionId: bigint;
    entry: number | null;
    kind: 'accepted' | 'rejected';
    reason?: string | null;
    viewer: Viewer;
    now: Date;
  },
): Promise<void> {
  const { suggestionId, entry, kind, reason = null, viewer, now } = decision;
  if (entry === null) return;
  await tx.$executeRaw`
    INSERT INTO match_feedback (entry_id, project_id, issue_number, service, kind, reason, suggestion_id, actor_id, actor_name, at)
    SELECT ${entry}, project_id, number, service, ${kind}, ${reason}, ${suggestionId}, ${viewer.userId}::uuid, ${viewer.name}, ${now}
    FROM issue WHERE project_id = ${issue.projectId} AND number = ${issue.issueNumber}
    ON CONFLICT (suggestion_id) DO UPDATE SET kind = excluded.kind, reason = excluded.reason, at = excluded.at`;
}

export const withdrawDecision = async (tx: Tx, suggestionId: bigint): Promise<void> => {
  await tx.matchFeedback.deleteMany({ where: { suggestionId } });
};

/**
 * "This fixed it" or "it did not help", said where the fix is used. One voice a person and entry: the last one counts;
 * null takes it back. @throws AppError `not_found` | `forbidden`.
 */
export async function giveFeedback({
  viewer,
  issueId,
  entry,
  helped,
  now,
  ip,
}: {
  viewer: Viewer;
  issueId: string;
  entry: string;
  helped: boolean | null;
  now: Date;
  ip?: string;
}): Promise<{ helped: boolean | null }> {
  assertCan(viewer, 'write');
  const ref = await findIssue({ viewer, issueId });
  const number = parseEntryId(entry);
  await getDb().$transaction(async (tx) => {
    const known = number === null ? null : await tx.entry.findUnique({ where: { id: number }, select: { id: true } });
    if (!known) throw notFound('entry', entry.slice(0, 40));
    const where = {
      entryId: known.id,
      projectId: ref.projectId,
      issueNumber: ref.number,
      actorName: viewer.name,
      suggestionId: null,
    };
    await tx.matchFeedback.deleteMany({ where });
    if (helped !== null) {
      const issue = await tx.issue.findUniqueOrThrow({
        where: { projectId_number: { projectId: ref.projectId, number: ref.number } },
        select: { service: true },
      });
      const kind = helped ? 'helped' : 'unhelped';
      await tx.matchFeedback.create({
        data: { ...where, service: issue.service, kind, actorId: viewer.userId, at: now },
      });
      const data = { entry: entryId(known.id) };
      await addTurningPoints(tx, ref, [{ kind: `fix_${kind}`, data }], { viewer, now, batch: randomUUID() });
    }
    await recordAudit({ viewer, action: 'fix.feedback', target: ref.id, data: { entry, helped }, ip }, tx);
  });
  return { helped };
}

/** What this person said about the entries of an issue. */
export async function listOwnFeedback({
  viewer,
  issueId,
}: {
  viewer: Viewer;
  issueId: string;
}): Promise<{ entry: string; helped: boolean }[]> {
  const ref = await findIssue({ viewer, issueId });
  const rows = await getDb().matchFeedback.findMany({
    where: { projectId: ref.projectId, issueNumber: ref.number, actorName: viewer.name, suggestionId: null },
    select: { entryId: true, kind: true },
  });
  return rows.map((row) => ({ entry: entryId(row.entryId), helped: row.kind === 'helped' }));
}
