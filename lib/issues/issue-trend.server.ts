import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { bucketMs, type TimeRange } from '../time';
import { findIssue } from './find-issue.server';
import type { IssueTrend } from './issue-schema';

const MARKED = ['resolved', 'regressed', 'suggestion_accepted', 'fix_held', 'fix_recurred', 'escalating', 'merged'];

/** Other services of a project have releases of their own: only those that the latest events name are marked. */
const RELEASE_SAMPLE = 500;

/** Events of an issue over a range, and the turning points and first sights of its releases to mark on it. */
export async function issueTrend({
  viewer,
  issueId,
  range,
}: {
  viewer: Viewer;
  issueId: string;
  range: TimeRange;
}): Promise<IssueTrend> {
  const issue = await findIssue({ viewer, issueId });
  const width = bucketMs(range);
  const from = new Date(Math.floor(range.from.getTime() / width) * width);
  const [hours, markers] = await Promise.all([
    getPool().query<{ bucket: number; events: number }>(
      `SELECT floor(extract(epoch FROM hour - $3::timestamptz) / $5)::int AS bucket, sum(count)::int AS events
       FROM issue_hour WHERE project_id = $1 AND issue_number = $2 AND hour >= $3 AND hour < $4 GROUP BY 1`,
      [issue.projectId, issue.number, from, range.to, width / 1000],
    ),
    getPool().query<{ at: Date; kind: string; label: string }>(
      `SELECT at, kind, coalesce(data->>'release', '') AS label FROM turning_point
       WHERE project_id = $1 AND issue_number = $2 AND kind = ANY($3) AND at >= $4 AND at < $5
       UNION ALL
       SELECT r.first_seen, 'release', r.version FROM release r
       WHERE r.project_id = $1 AND r.first_seen >= $4 AND r.first_seen < $5 AND r.version IN (
         SELECT release FROM (SELECT release FROM event WHERE project_id = $1 AND issue_number = $2
           ORDER BY time DESC LIMIT ${RELEASE_SAMPLE}) latest)
       ORDER BY 1 LIMIT 60`,
      [issue.projectId, issue.number, MARKED, from, range.to],
    ),
  ]);
  const events = new Map(hours.rows.map((row) => [row.bucket, row.events]));
  const buckets = Math.max(1, Math.ceil((range.to.getTime() - from.getTime()) / width));
  return {
    bucket_ms: width,
    points: Array.from({ length: buckets }, (_, i) => ({
      at: new Date(from.getTime() + i * width).toISOString(),
      events: events.get(i) ?? 0,
    })),
    markers: markers.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
  };
}
