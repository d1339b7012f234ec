import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { Breakdown } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';

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
  const whole = { from: previousRange(scope.range).from, to: scope.range.to };
  const { rows } = await getPool().query<{ key: string; events: number; before: number; issues: number }>(
    `SELECT i.${by} AS key,
       coalesce(sum(h.count) FILTER (WHERE h.hour >= ${values.add(scope.range.from)}), 0)::int AS events,
       coalesce(sum(h.count) FILTER (WHERE h.hour < ${values.add(scope.range.from)}), 0)::int AS before,
       (count(DISTINCT (h.project_id, h.issue_number)) FILTER (WHERE h.hour >= ${values.add(scope.range.from)}))::int AS issues
     FROM issue_hour h JOIN issue i ON i.project_id = h.project_id AND i.number = h.issue_number
     WHERE ${within('h.hour', whole, values)} AND i.merged_into IS NULL AND ${inScope('i', scope, values)}
     GROUP BY 1 ORDER BY events DESC, key LIMIT ${values.add(limit)}`,
    values.list,
  );
  return { data: rows };
}
