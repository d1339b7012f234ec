import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { Recurrence } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, inScope, isNarrow, within } from './analytics-scope';
import { BY_PEOPLE, LAST_REGRESSIONS, NOT_UNDONE } from './standing-resolution';

/** How many of the resolutions that people made in the period an event has since proved wrong; silence claims nothing. */
export async function recurrence({ viewer, scope }: { viewer: Viewer; scope: AnalyticsScope }): Promise<Recurrence> {
  assertCan(viewer, 'read');
  const values = new Values();
  const whole = { from: previousRange(scope.range).from, to: scope.range.to };
  const { rows } = await getPool().query<{
    current: boolean | null;
    bucket: number | null;
    resolutions: number;
    recurred: number;
  }>(
    `SELECT t.at >= ${values.add(scope.range.from)} AS current, ${bucketOf('t.at', scope, values)} AS bucket,
       count(*)::int AS resolutions,
       count(*) FILTER (WHERE r.last_at > t.at)::int AS recurred
     FROM turning_point t LEFT JOIN (${LAST_REGRESSIONS}) r USING (project_id, issue_number)
     ${isNarrow(scope) ? 'JOIN issue_trait i USING (project_id, issue_number)' : ''}
     WHERE t.kind = 'resolved' AND ${within('t.at', whole, values)} AND ${NOT_UNDONE}
       AND ${BY_PEOPLE} AND ${inScope('i', scope, values)}
     GROUP BY GROUPING SETS ((1), (2))`,
    values.list,
  );
  const now = rows.find((row) => row.current === true);
  const before = rows.find((row) => row.current === false);
  const starts = bucketStarts(scope);
  const byBucket = new Map(rows.filter((row) => row.bucket !== null).map((row) => [row.bucket, row]));
  const rate = (row: typeof now) => (row && row.resolutions > 0 ? row.recurred / row.resolutions : null);
  return {
    resolutions: { value: now?.resolutions ?? 0, before: before?.resolutions ?? 0 },
    recurred: { value: now?.recurred ?? 0, before: before?.recurred ?? 0 },
    rate: { value: rate(now), before: rate(before) },
    interval_ms: scope.intervalMs,
    times: starts.map((start) => start.toISOString()),
    resolutions_trend: starts.map((_, bucket) => byBucket.get(bucket)?.resolutions ?? 0),
    recurred_trend: starts.map((_, bucket) => byBucket.get(bucket)?.recurred ?? 0),
  };
}
