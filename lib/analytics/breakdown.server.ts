import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { rollupRows } from '../issues/rollups';
import { previousRange } from '../time';
import type { Breakdown } from './analytics-schema';
import { type AnalyticsScope, inScope } from './analytics-scope';

export const BREAKDOWN_KEYS = ['service', 'type', 'level', 'environment'] as const;
export type BreakdownKey = (typeof BREAKDOWN_KEYS)[number];

/** Events and issues of the period by service, type, level or environment; the most frequent first. */
export async function breakdown({
  viewer,
  scope,
  by,
  limit = 20,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  by: BreakdownKey;
  limit?: number;
}): Promise<Breakdown> {
  assertCan(viewer, 'read');
  const values = new Values();
  const { range } = scope;
  const edges = [previousRange(range).from, range.from, range.to];
  const { rows } = await getPool().query<{ key: string; events: number; before: number; issues: number }>(
    `WITH counted AS (
       SELECT h.project_id, h.issue_number,
         sum(h.count) FILTER (WHERE h.hour >= ${values.add(range.from)}) AS events,
         sum(h.count) FILTER (WHERE h.hour < ${values.add(range.from)}) AS before
       FROM ${rollupRows('issue', edges, values)} h GROUP BY 1, 2)
     SELECT i.${by} AS key, coalesce(sum(c.events), 0)::int AS events, coalesce(sum(c.before), 0)::int AS before,
       count(c.events)::int AS issues
     FROM counted c JOIN issue i ON i.project_id = c.project_id AND i.number = c.issue_number
     WHERE i.merged_into IS NULL AND ${inScope('i', scope, values)}
     GROUP BY 1 ORDER BY events DESC, key LIMIT ${values.add(limit)}`,
    values.list,
  );
  return { data: rows };
}
