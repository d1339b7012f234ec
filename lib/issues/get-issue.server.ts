import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { notFound } from '../errors';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import { DAY_MS } from '../time';
import { findIssue, type IssueRef } from './find-issue.server';
import { entryPath, eventHex, ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns, toIssue } from './issue-row';
import type { Issue, IssueDetail, IssueFix, Verdict } from './issue-schema';
import { resolutionCycles } from './resolution-cycles';

/** Releases are counted over this many of the latest events. */
const RELEASE_SAMPLE = 500;

/** The issue alone, as lists show it. */
export async function loadIssue(ref: IssueRef): Promise<Issue> {
  const { rows } = await getPool().query<IssueColumns>(
    `SELECT ${ISSUE_COLUMNS} FROM issue i ${ISSUE_JOINS} WHERE i.project_id = $1 AND i.number = $2`,
    [ref.projectId, ref.number],
  );
  if (!rows[0]) throw notFound('issue', ref.id);
  return toIssue(rows[0]);
}

/**
 * An issue with what was done about it before. The id of a merged issue answers with the issue it lives in now.
 * @throws AppError `not_found`.
 */
export async function getIssue({
  viewer,
  issueId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  now: Date;
}): Promise<IssueDetail> {
  const ref = await findIssue({ viewer, issueId });
  const [issue, counts, releases, merged, fixes, history] = await Promise.all([
    loadIssue(ref),
    countRecent(ref, now),
    countReleases(ref),
    listMerged(ref),
    listFixes(ref),
    listHistory(ref),
  ]);
  return { ...issue, ...counts, releases, merged, recurrence: { cycles: resolutionCycles(history), fixes } };
}

async function countRecent({ projectId, number }: IssueRef, now: Date) {
  const { rows } = await getPool().query<{
    day: number;
    month: number;
    groupings: number;
    latest: string | null;
  }>(
    `SELECT
       (SELECT coalesce(sum(count), 0) FROM issue_hour WHERE project_id = $1 AND issue_number = $2 AND hour > $3)::int AS day,
       (SELECT coalesce(sum(count), 0) FROM issue_hour WHERE project_id = $1 AND issue_number = $2 AND hour > $4)::int AS month,
       (SELECT count(*) FROM grouping WHERE project_id = $1 AND issue_number = $2)::int AS groupings,
       (SELECT id FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY time DESC, id DESC LIMIT 1) AS latest`,
    [projectId, number, new Date(now.getTime() - DAY_MS), new Date(now.getTime() - 30 * DAY_MS)],
  );
  const row = rows[0];
  return {
    events_24h: row?.day ?? 0,
    events_30d: row?.month ?? 0,
    groupings: row?.groupings ?? 0,
    latest_event: row?.latest ? eventHex(row.latest) : null,
  };
}

async function countReleases({ projectId, number }: IssueRef): Promise<IssueDetail['releases']> {
  const { rows } = await getPool().query<{ release: string; events: number; last_seen: Date }>(
    `SELECT release, count(*)::int AS events, max(time) AS last_seen
     FROM (SELECT release, time FROM event WHERE project_id = $1 AND issue_number = $2
           ORDER BY time DESC LIMIT ${RELEASE_SAMPLE}) latest
     WHERE release IS NOT NULL GROUP BY release ORDER BY last_seen DESC LIMIT 20`,
    [projectId, number],
  );
  return rows.map((row) => ({ ...row, last_seen: row.last_seen.toISOString() }));
}

async function listMerged({ projectId, number, prefix }: IssueRef): Promise<IssueDetail['merged']> {
  const { rows } = await getPool().query<{ number: number; title: string; split_off: boolean }>(
    `SELECT i.number, i.title, EXISTS (
       SELECT FROM turning_point u WHERE u.project_id = $1 AND u.issue_number = $2 AND u.kind = 'undone'
         AND u.data->>'undid' = 'split' AND u.data->>'number' = i.number::text AND u.data->>'batch' = (
           SELECT m.data->>'batch' FROM turning_point m WHERE m.project_id = $1 AND m.issue_number = $2
             AND m.kind = 'merged' AND m.data->>'number' = i.number::text ORDER BY m.id DESC LIMIT 1)) AS split_off
     FROM issue i WHERE i.project_id = $1 AND i.merged_into = $2 ORDER BY i.number`,
    [projectId, number],
  );
  return rows.map((row) => ({ id: shortId(prefix, row.number), title: row.title, split_off: row.split_off }));
}

async function listFixes({ projectId, number }: IssueRef): Promise<IssueFix[]> {
  const { rows } = await getPool().query<{
    id: string;
    entry_id: number;
    title: string;
    applied_at: Date;
    applied_name: string;
    release: string | null;
    verdict: string;
    verdict_at: Date | null;
    resolved_at: Date | null;
  }>(
    `SELECT f.id, f.entry_id, e.title, f.applied_at, f.applied_name, f.release, f.verdict, f.verdict_at, f.resolved_at
     FROM fix f JOIN entry e ON e.id = f.entry_id
     WHERE f.project_id = $1 AND f.issue_number = $2 ORDER BY f.applied_at DESC LIMIT 50`,
    [projectId, number],
  );
  return rows.map((row) => ({
    id: row.id,
    entry: entryId(row.entry_id),
    title: row.title,
    url: entryPath(row.entry_id),
    applied_at: row.applied_at.toISOString(),
    applied_by: row.applied_name,
    release: row.release,
    verdict: row.verdict as Verdict,
    verdict_at: row.verdict_at?.toISOString() ?? null,
    resolved_at: row.resolved_at?.toISOString() ?? null,
  }));
}

async function listHistory({ projectId, number }: IssueRef) {
  const { rows } = await getPool().query<{
    kind: string;
    at: Date;
    actor_name: string | null;
    data: Record<string, unknown>;
  }>(
    `SELECT kind, at, actor_name, data FROM turning_point
     WHERE project_id = $1 AND issue_number = $2 AND kind IN ('resolved', 'regressed', 'reopened', 'undone')
     ORDER BY at, id LIMIT 1000`,
    [projectId, number],
  );
  return rows.map((row) => ({ kind: row.kind, at: row.at, actor: row.actor_name, data: row.data }));
}
