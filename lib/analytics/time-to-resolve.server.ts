import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { TimeToResolve } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, inScope, within } from './analytics-scope';
import { BY_PEOPLE, LAST_REGRESSIONS, NOT_UNDONE } from './standing-resolution';

interface Percentiles {
  /** Null beside a bucket. */
  current: boolean | null;
  level: string | null;
  bucket: number | null;
  resolutions: number;
  median_ms: number;
  p90_ms: number;
}

/**
 * From first sight, or the regression before, to the resolution, over the resolutions of the period that were not undone.
 * Those that silence made are nobody's work and would measure the setting.
 */
export async function timeToResolve({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<TimeToResolve> {
  assertCan(viewer, 'read');
  const values = new Values();
  const whole = { from: previousRange(scope.range).from, to: scope.range.to };
  const { rows } = await getPool().query<Percentiles>(
    `WITH resolutions AS (
       SELECT t.at >= ${values.add(scope.range.from)} AS current, i.level, ${bucketOf('t.at', scope, values)} AS bucket,
         extract(epoch FROM t.at - CASE WHEN l.last_at IS NULL THEN i.first_seen WHEN l.last_at < t.at THEN l.last_at
           ELSE coalesce((SELECT max(r.at) FROM turning_point r WHERE r.project_id = t.project_id
             AND r.issue_number = t.issue_number AND r.kind = 'regressed' AND r.at < t.at), i.first_seen) END)::float8 * 1000 AS ms
       FROM turning_point t JOIN issue_trait i USING (project_id, issue_number)
       LEFT JOIN (${LAST_REGRESSIONS}) l USING (project_id, issue_number)
       WHERE t.kind = 'resolved' AND ${BY_PEOPLE}
         AND ${within('t.at', whole, values)} AND ${NOT_UNDONE} AND ${inScope('i', scope, values)})
     SELECT current, level, bucket, count(*)::int AS resolutions,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median_ms, percentile_cont(0.9) WITHIN GROUP (ORDER BY ms) AS p90_ms
     FROM resolutions GROUP BY GROUPING SETS ((current), (current, level), (bucket))`,
    values.list,
  );
  const now = rows.find((row) => row.current === true && row.level === null);
  const before = rows.find((row) => row.current === false && row.level === null);
  const starts = bucketStarts(scope);
  const byBucket = new Map(rows.filter((row) => row.bucket !== null).map((row) => [row.bucket, row]));
  return {
    resolutions: { value: now?.resolutions ?? 0, before: before?.resolutions ?? 0 },
    median_ms: { value: now?.median_ms ?? null, before: before?.median_ms ?? null },
    p90_ms: { value: now?.p90_ms ?? null, before: before?.p90_ms ?? null },
    by_level: rows
      .filter((row) => row.current && row.level !== null)
      .map(({ level, resolutions, median_ms, p90_ms }) => ({ level: level ?? '', resolutions, median_ms, p90_ms })),
    interval_ms: scope.intervalMs,
    times: starts.map((start) => start.toISOString()),
    median_trend: starts.map((_, bucket) => byBucket.get(bucket)?.median_ms ?? null),
    p90_trend: starts.map((_, bucket) => byBucket.get(bucket)?.p90_ms ?? null),
  };
}
