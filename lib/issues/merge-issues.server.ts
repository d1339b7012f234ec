import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError } from '../errors';
import { addTurningPoints, type ChangeContext, lockIssue } from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import type { Issue } from './issue-schema';
import { openLedger } from './merge-ledger.server';
import type { MergeRecord } from './merge-record';
import { remember, settle } from './move-dates.server';
import { copyTags } from './move-tags.server';

/** Moving the events of a large issue takes a while. */
export const MERGE_TIMEOUT_MS = 120_000;
const MAX_TEXT = 200_000;

/**
 * Makes the issues `ids` part of `issueId`: groupings, events, counts, people, suggestions, fixes and comments move. The
 * merged rows stay behind with what they had, which is what an unmerge gives back.
 * @throws AppError `not_found` | `conflict` when they belong to different projects or are one already.
 */
export async function mergeIssues({
  viewer,
  issueId,
  ids,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  ids: string[];
  now: Date;
}): Promise<Issue> {
  assertCan(viewer, 'write');
  const into = await findIssue({ viewer, issueId });
  const sources = new Map<number, IssueRef>();
  for (const id of ids) {
    const source = await findIssue({ viewer, issueId: id });
    if (source.projectId !== into.projectId)
      throw new AppError('conflict', `${source.id} and ${into.id} belong to different projects.`);
    if (source.number === into.number) throw new AppError('conflict', `${id} is part of ${into.id} already.`);
    sources.set(source.number, source);
  }
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  await getDb().$transaction(
    async (tx) => {
      // In the order of their numbers, as every writer locks issues.
      for (const ref of [into, ...sources.values()].sort((a, b) => a.number - b.number)) await lockIssue(tx, ref);
      for (const source of sources.values()) await mergeOne(tx, source, into, context);
    },
    { timeout: MERGE_TIMEOUT_MS, maxWait: 10_000 },
  );
  return loadIssue(into);
}

/** Merges one issue into another; both are locked. */
export async function mergeOne(tx: Tx, from: IssueRef, into: IssueRef, context: ChangeContext): Promise<void> {
  const memories = [await remember(tx, into), await remember(tx, from)];
  const record = await moveRows(tx, from, into);
  await copyTags(tx, from, into);
  await tx.$executeRaw`
    UPDATE issue t SET
      event_count = t.event_count + s.event_count,
      known_entry_id = coalesce(t.known_entry_id, s.known_entry_id),
      known_confidence = CASE WHEN t.known_entry_id IS NULL THEN s.known_confidence ELSE t.known_confidence END
    FROM issue s
    WHERE t.project_id = ${into.projectId} AND t.number = ${into.number}
      AND s.project_id = ${into.projectId} AND s.number = ${from.number}`;
  await settle(tx, into, memories);
  await tx.$executeRaw`
    UPDATE issue SET merged_into = ${into.number}, version = version + 1
    WHERE project_id = ${from.projectId} AND number = ${from.number}`;
  await addTurningPoints(
    tx,
    into,
    [{ kind: 'merged', data: { from: from.id, number: from.number, restore: record } }],
    context,
  );
  await addTurningPoints(tx, from, [{ kind: 'merged_into', data: { into: into.id } }], context);
}

async function moveRows(tx: Tx, from: IssueRef, into: IssueRef): Promise<MergeRecord> {
  const project = from.projectId;
  const [before] = await tx.$queryRaw<MergeRecord['target'][]>`
    SELECT first_seen, last_seen, first_release, last_release, known_entry_id, known_confidence
    FROM issue WHERE project_id = ${project} AND number = ${into.number}`;
  const hashes = await tx.$queryRaw<{ hash: string }[]>`
    UPDATE "grouping" SET issue_number = ${into.number}
    WHERE project_id = ${project} AND issue_number = ${from.number} RETURNING hash`;
  const users = await tx.$queryRaw<{ user_hash: string }[]>`
    INSERT INTO issue_user (project_id, issue_number, user_hash)
    SELECT project_id, ${into.number}, user_hash FROM issue_user
    WHERE project_id = ${project} AND issue_number = ${from.number}
    ON CONFLICT DO NOTHING RETURNING user_hash`;
  await openLedger(
    tx,
    from,
    users.map((row) => row.user_hash),
  );
  await tx.$executeRaw`
    UPDATE event SET issue_number = ${into.number} WHERE project_id = ${project} AND issue_number = ${from.number}`;
  await tx.$executeRaw`
    INSERT INTO issue_hour AS o (project_id, issue_number, hour, count)
    SELECT project_id, ${into.number}, hour, count FROM issue_hour
    WHERE project_id = ${project} AND issue_number = ${from.number}
    ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + excluded.count`;
  const suggestions = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE suggestion s SET issue_number = ${into.number}
    WHERE project_id = ${project} AND issue_number = ${from.number}
      AND NOT EXISTS (SELECT 1 FROM suggestion o WHERE o.project_id = s.project_id
                      AND o.issue_number = ${into.number}
                      AND (o.entry_id = s.entry_id OR (o.kind = 'draft' AND s.kind = 'draft')))
    RETURNING id`;
  const fixes = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE fix SET issue_number = ${into.number}
    WHERE project_id = ${project} AND issue_number = ${from.number} RETURNING id`;
  const comments = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE comment SET issue_number = ${into.number}
    WHERE project_id = ${project} AND issue_number = ${from.number} RETURNING id`;
  await tx.$executeRaw`
    UPDATE issue_text t SET text = left(t.text || E'\n' || s.text, ${MAX_TEXT}) FROM issue_text s
    WHERE t.project_id = ${project} AND t.issue_number = ${into.number}
      AND s.project_id = ${project} AND s.issue_number = ${from.number}`;
  return {
    hashes: hashes.map((row) => row.hash),
    added_user_count: users.length,
    suggestions: suggestions.map((row) => String(row.id)),
    fixes: fixes.map((row) => String(row.id)),
    comments: comments.map((row) => String(row.id)),
    target: before as MergeRecord['target'],
  };
}
