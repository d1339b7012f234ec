import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { foldedUntil } from '../issues/folded-until.server';
import { Values } from '../issues/issue-conditions';
import { rollupRows } from '../issues/rollups';
import { previousRange } from '../time';
import type { Breakdown } from './analytics-schema';
import { type AnalyticsScope, inScope } from './analytics-scope';
import { type TrendSplit, trendSource } from './trend-source';

/**
 * Events of the period by service, type, level, environment or release, as they came, the most frequent first; and the
 * issues that were seen in it, each counted once: by what it is, or by the release of its last event.
 */
export async function breakdown({
  viewer,
  scope,
  by,
  limit = 20,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  by: TrendSplit;
  limit?: number;
}): Promise<Breakdown> {
  assertCan(viewer, 'read');
  const folded = await foldedUntil();
  const values = new Values();
  const { range } = scope;
  const edges = [previousRange(range).from, range.from, range.to];
  const { rollup, key, where } = trendSource(by);
  const [trait, ofIssue] =
    by === 'release'
      ? [`coalesce(i.last_release, '')`, 'issue i ON i.project_id = s.project_id AND i.number = s.issue_number']
      : [`i.${by}`, 'issue_trait i ON i.project_id = s.project_id AND i.issue_number = s.issue_number'];
  const { rows } = await getPool().query<{ key: string; events: number; before: number; issues: number }>(
    `WITH counted AS (
       SELECT ${key} AS key,
         coalesce(sum(h.count) FILTER (WHERE h.hour >= ${values.add(range.from)}), 0)::int AS events,
         coalesce(sum(h.count) FILTER (WHERE h.hour < ${values.add(range.from)}), 0)::int AS before
       FROM ${rollupRows(rollup, edges, values, folded[rollup])} h WHERE ${where} AND ${inScope('h', scope, values)}
       GROUP BY 1),
     seen AS (
       SELECT DISTINCT h.project_id, h.issue_number FROM ${rollupRows('issue', [range.from, range.to], values, folded.issue)} h),
     issues AS (
       SELECT ${trait} AS key, count(*)::int AS issues FROM seen s JOIN ${ofIssue}
       WHERE ${by === 'release' ? 'i.merged_into IS NULL' : 'NOT i.is_merged'} AND ${inScope('i', scope, values)} GROUP BY 1)
     SELECT key, coalesce(c.events, 0) AS events, coalesce(c.before, 0) AS before, coalesce(n.issues, 0) AS issues
     FROM counted c FULL JOIN issues n USING (key)
     ORDER BY events DESC, key LIMIT ${values.add(limit)}`,
    values.list,
  );
  return { data: rows };
}
