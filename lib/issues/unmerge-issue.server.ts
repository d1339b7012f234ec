import { randomUUID } from 'node:crypto';
import { assertCan, type Viewer } from '../auth/viewer';
import { getDb, type Tx } from '../db/client.server';
import { AppError, notFound } from '../errors';
import { parseShortId, shortId } from '../projects/project-schema';
import { addTurningPoints, type ChangeContext, lockIssue } from './apply-change.server';
import { findIssue, type IssueRef } from './find-issue.server';
import { loadIssue } from './get-issue.server';
import type { Issue } from './issue-schema';
import { MERGE_TIMEOUT_MS } from './merge-issues.server';
import { type MergeRecord, mergeRecordSchema } from './merge-record';

/**
 * Takes `mergedId` out of `issueId` again: its groupings and their events, those that came since included, its counts,
 * people, suggestions, fixes and comments. Returns the issue that stands by itself again.
 * @throws AppError `not_found` | `conflict` when it was not merged into this issue.
 */
export async function unmergeIssue({
  viewer,
  issueId,
  mergedId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  mergedId: string;
  now: Date;
}): Promise<Issue> {
  assertCan(viewer, 'write');
  const into = await findIssue({ viewer, issueId });
  const parsed = parseShortId(mergedId);
  if (!parsed || parsed.prefix !== into.prefix) throw notFound('issue', mergedId.slice(0, 100));
  const from: IssueRef = { ...into, number: parsed.number, id: shortId(into.prefix, parsed.number) };
  const context: ChangeContext = { viewer, now, batch: randomUUID() };
  await getDb().$transaction(
    async (tx) => {
      await lockIssue(tx, into);
      const { record, at } = await findMerge(tx, from, into);
      await returnRows(tx, from, into, record, at);
      await addTurningPoints(tx, into, [{ kind: 'unmerged', data: { from: from.id, number: from.number } }], context);
      await addTurningPoints(tx, from, [{ kind: 'unmerged', data: { out_of: into.id } }], context);
    },
    { timeout: MERGE_TIMEOUT_MS, maxWait: 10_000 },
  );
  return loadIssue(from);
}

async function findMerge(tx: Tx, from: IssueRef, into: IssueRef): Promise<{ record: MergeRecord; at: Date }> {
  const refusal = new AppError('conflict', `${from.id} is not merged into ${into.id}.`);
  const [row] = await tx.$queryRaw<{ merged_into: number | null }[]>`
    SELECT merged_into FROM issue WHERE project_id = ${from.projectId} AND number = ${from.number} FOR UPDATE`;
  if (row?.merged_into !== into.number) throw refusal;
  const [point] = await tx.$queryRaw<{ at: Date; data: { restore?: unknown } }[]>`
    SELECT at, data FROM turning_point
    WHERE project_id = ${into.projectId} AND issue_number = ${into.number} AND kind = 'merged'
      AND (data->>'number')::int = ${from.number} ORDER BY id DESC LIMIT 1`;
  const record = mergeRecordSchema.safeParse(point?.data.restore);
  if (!point || !record.success) throw refusal;
  return { record: record.data, at: point.at };
}

async function returnRows(tx: Tx, from: IssueRef, into: IssueRef, record: MergeRecord, at: Date): Promise<void> {
  const project = from.projectId;
  const { hashes, target } = record;
  // What came since the merge: the kept rows of the merged issue do not count it yet.
  await tx.$executeRaw`
    CREATE TEMP TABLE since_merge ON COMMIT DROP AS
    SELECT date_trunc('hour', time, 'UTC') AS hour, count(*)::int AS count, min(time) AS first, max(time) AS last
    FROM event WHERE project_id = ${project} AND issue_number = ${into.number} AND hash = ANY(${hashes}) AND received_at > ${at}
    GROUP BY 1`;
  await tx.$executeRaw`
    INSERT INTO issue_hour AS o (project_id, issue_number, hour, count)
    SELECT ${project}::int, ${from.number}::int, hour, count FROM since_merge
    ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + excluded.count`;
  await tx.$executeRaw`
    UPDATE issue_hour t SET count = t.count - s.count FROM issue_hour s
    WHERE t.project_id = ${project} AND t.issue_number = ${into.number}
      AND s.project_id = ${project} AND s.issue_number = ${from.number} AND s.hour = t.hour`;
  await tx.$executeRaw`
    DELETE FROM issue_hour WHERE project_id = ${project} AND issue_number = ${into.number} AND count <= 0`;
  await tx.$executeRaw`
    UPDATE event SET issue_number = ${from.number}
    WHERE project_id = ${project} AND issue_number = ${into.number} AND hash = ANY(${hashes})`;
  await tx.$executeRaw`
    UPDATE "grouping" SET issue_number = ${from.number}
    WHERE project_id = ${project} AND issue_number = ${into.number} AND hash = ANY(${hashes})`;
  await tx.$executeRaw`
    DELETE FROM issue_user WHERE project_id = ${project} AND issue_number = ${into.number}
      AND user_hash = ANY(${record.added_users})`;
  await tx.$executeRaw`
    UPDATE suggestion SET issue_number = ${from.number}
    WHERE id = ANY(${record.suggestions}::text[]::bigint[]) AND issue_number = ${into.number}`;
  await tx.$executeRaw`
    UPDATE fix SET issue_number = ${from.number}
    WHERE id = ANY(${record.fixes}::text[]::bigint[]) AND issue_number = ${into.number}`;
  await tx.$executeRaw`
    UPDATE comment SET issue_number = ${from.number}
    WHERE project_id = ${project} AND issue_number = ${into.number} AND id = ANY(${record.comments}::text[]::bigint[])`;
  await tx.$executeRaw`
    UPDATE issue_text t SET text = replace(t.text, E'\n' || s.text, '') FROM issue_text s
    WHERE t.project_id = ${project} AND t.issue_number = ${into.number}
      AND s.project_id = ${project} AND s.issue_number = ${from.number}`;
  await tx.$executeRaw`
    UPDATE issue s SET merged_into = NULL, version = s.version + 1,
      event_count = s.event_count + n.count, first_seen = least(s.first_seen, n.first), last_seen = greatest(s.last_seen, n.last)
    FROM (SELECT coalesce(sum(count), 0)::bigint AS count, min(first) AS first, max(last) AS last FROM since_merge) n
    WHERE s.project_id = ${project} AND s.number = ${from.number}`;
  await tx.$executeRaw`
    UPDATE issue t SET version = t.version + 1,
      event_count = t.event_count - s.event_count,
      user_count = (SELECT count(*) FROM issue_user u WHERE u.project_id = t.project_id AND u.issue_number = t.number),
      first_seen = ${target.first_seen},
      last_seen = greatest(${target.last_seen}::timestamptz, (SELECT max(time) FROM event e
        WHERE e.project_id = t.project_id AND e.issue_number = t.number)),
      first_release = ${target.first_release},
      last_release = coalesce((SELECT e.release FROM event e WHERE e.project_id = t.project_id
        AND e.issue_number = t.number AND e.release IS NOT NULL ORDER BY e.time DESC LIMIT 1), ${target.last_release}),
      known_entry_id = CASE WHEN ${target.known_entry_id}::int IS NULL AND t.known_entry_id = s.known_entry_id
                            THEN NULL ELSE t.known_entry_id END,
      known_confidence = CASE WHEN ${target.known_entry_id}::int IS NULL AND t.known_entry_id = s.known_entry_id
                              THEN NULL ELSE t.known_confidence END
    FROM issue s
    WHERE t.project_id = ${project} AND t.number = ${into.number}
      AND s.project_id = ${project} AND s.number = ${from.number}`;
}
