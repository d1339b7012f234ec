import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import type { ResolutionRate } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, inScope } from './analytics-scope';
import { LAST_BY_SILENCE, lastClaimed } from './standing-resolution';
import { RESOLVED_DELTA } from './status-delta';
import { walkBack } from './walk-back';

/**
 * How many of all known issues are resolved, at the end of each bucket: claimed (somebody said so; an
 * issue that silence resolved is not claimed) and verified (the verdict on the last fix is that it held).
 */
export async function resolutionRate({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<ResolutionRate> {
  assertCan(viewer, 'read');
  const values = new Values();
  const starts = bucketStarts(scope);
  const from = values.add(starts[0]);
  const { rows } = await getPool().query<{
    what: 'issues' | 'resolved' | 'verified';
    bucket: number | null;
    n: number;
  }>(
    `WITH held AS (
       SELECT project_id, issue_number, verdict_at AS held_at FROM (
         SELECT DISTINCT ON (project_id, issue_number) project_id, issue_number, verdict, verdict_at
         FROM fix ORDER BY project_id, issue_number, applied_at DESC) f
       WHERE verdict = 'held'),
     silent AS (${LAST_BY_SILENCE}),
     verified AS MATERIALIZED (
       SELECT h.held_at FROM held h JOIN issue_trait i USING (project_id, issue_number)
       WHERE i.status = 'resolved' AND NOT i.is_merged AND ${inScope('i', scope, values)}
         AND (project_id, issue_number) NOT IN (SELECT a.project_id, a.issue_number FROM silent a)),
     counted AS MATERIALIZED (
       SELECT count(*) AS issues, count(*) FILTER (WHERE i.status = 'resolved') AS resolved
       FROM issue_trait i WHERE NOT i.is_merged AND ${inScope('i', scope, values)})
     SELECT 'issues' AS what, NULL::int AS bucket, issues::int AS n FROM counted
     UNION ALL SELECT 'resolved', NULL, resolved - (
       SELECT count(*) FROM silent a JOIN issue_trait i USING (project_id, issue_number)
       WHERE i.status = 'resolved' AND NOT i.is_merged AND ${inScope('i', scope, values)}) FROM counted
     UNION ALL SELECT 'verified', NULL, count(*) FROM verified
     UNION ALL SELECT 'issues', ${bucketOf('i.first_seen', scope, values)}, count(*) FROM issue_trait i
       WHERE i.first_seen >= ${from} AND NOT i.is_merged AND ${inScope('i', scope, values)} GROUP BY 2
     UNION ALL SELECT 'verified', ${bucketOf('held_at', scope, values)}, count(*) FROM verified
       WHERE held_at >= ${from} GROUP BY 2
     UNION ALL SELECT 'resolved', ${bucketOf('t.at', scope, values)}, sum(${RESOLVED_DELTA})
       FROM turning_point t JOIN issue_trait i USING (project_id, issue_number)
       WHERE t.kind IN ('resolved', 'regressed', 'reopened', 'muted', 'undone', 'escalating') AND t.at >= ${from}
         AND NOT i.is_merged AND ${inScope('i', scope, values)}
         AND ${lastClaimed('t.project_id', 't.issue_number', 'AND (r.at, r.id) <= (t.at, t.id)')} GROUP BY 2`,
    values.list,
  );
  const history = (what: string) => {
    const now = rows.find((row) => row.what === what && row.bucket === null)?.n ?? 0;
    const changes = rows.filter((row) => row.what === what && row.bucket !== null);
    return walkBack(
      Number(now),
      starts.length,
      changes.map((row) => ({ bucket: row.bucket ?? 0, change: Number(row.n) })),
    );
  };
  const issues = history('issues');
  const share = (part: number, whole: number): number | null =>
    whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null;
  const rate = (part: ReturnType<typeof walkBack>) => ({
    trend: part.ends.map((n, i) => share(n, issues.ends[i] ?? 0)),
    before: share(part.start, issues.start),
  });
  const resolved = history('resolved');
  const held = history('verified');
  const claimed = rate(resolved);
  // A fix may have held through a regression that was none of its own; what is not claimed is not verified either.
  const verified = rate({
    start: Math.min(held.start, resolved.start),
    ends: held.ends.map((n, i) => Math.min(n, resolved.ends[i] ?? 0)),
  });
  return {
    claimed: { value: claimed.trend.at(-1) ?? null, before: claimed.before },
    verified: { value: verified.trend.at(-1) ?? null, before: verified.before },
    interval_ms: scope.intervalMs,
    times: starts.map((d) => d.toISOString()),
    claimed_trend: claimed.trend,
    verified_trend: verified.trend,
  };
}
