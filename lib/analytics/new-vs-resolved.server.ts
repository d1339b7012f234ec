import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import type { NewVsResolved } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, inScope, within } from './analytics-scope';

/** New issues against resolved and regressed ones, over time. */
export async function newVsResolved({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<NewVsResolved> {
  assertCan(viewer, 'read');
  const values = new Values();
  const starts = bucketStarts(scope);
  const range = { from: starts[0] as Date, to: scope.range.to };
  const { rows } = await getPool().query<{ kind: string; bucket: number; n: number }>(
    `SELECT 'new' AS kind, ${bucketOf('i.first_seen', scope, values)} AS bucket, count(*)::int AS n
     FROM issue_trait i WHERE ${within('i.first_seen', range, values)} AND NOT i.is_merged AND ${inScope('i', scope, values)}
     GROUP BY 2
     UNION ALL
     SELECT t.kind, ${bucketOf('t.at', scope, values)}, count(*)::int
     FROM turning_point t JOIN issue_trait i USING (project_id, issue_number)
     WHERE t.kind IN ('resolved', 'regressed') AND ${within('t.at', range, values)} AND NOT i.is_merged
       AND ${inScope('i', scope, values)}
     GROUP BY 1, 2`,
    values.list,
  );
  const series = (kind: string) => {
    const counts = new Array<number>(starts.length).fill(0);
    for (const row of rows) if (row.kind === kind) counts[row.bucket] = row.n;
    return counts;
  };
  return {
    interval_ms: scope.intervalMs,
    times: starts.map((d) => d.toISOString()),
    new: series('new'),
    resolved: series('resolved'),
    regressed: series('regressed'),
  };
}
