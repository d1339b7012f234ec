import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { KnowledgeCoverage } from './analytics-schema';
import { type AnalyticsScope, inScope, within } from './analytics-scope';

/** How much of what happens is known: the share of events whose issue has an accepted entry. */
export async function knowledgeCoverage({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<KnowledgeCoverage> {
  assertCan(viewer, 'read');
  const values = new Values();
  const whole = { from: previousRange(scope.range).from, to: scope.range.to };
  const { rows } = await getPool().query<
    Record<'current' | 'events' | 'events_known' | 'issues' | 'issues_known', number>
  >(
    `WITH seen AS (
       SELECT h.hour >= ${values.add(scope.range.from)} AS current, i.project_id, i.number,
              i.known_entry_id IS NOT NULL AS known, sum(h.count) AS events
       FROM issue_hour h JOIN issue i ON i.project_id = h.project_id AND i.number = h.issue_number
       WHERE ${within('h.hour', whole, values)} AND i.merged_into IS NULL AND ${inScope('i', scope, values)}
       GROUP BY 1, 2, 3, 4)
     SELECT current::int, sum(events)::int AS events, coalesce(sum(events) FILTER (WHERE known), 0)::int AS events_known,
            count(*)::int AS issues, count(*) FILTER (WHERE known)::int AS issues_known
     FROM seen GROUP BY current`,
    values.list,
  );
  const now = rows.find((row) => row.current === 1);
  const before = rows.find((row) => row.current === 0);
  const rate = (row: typeof now) => (row && row.events > 0 ? row.events_known / row.events : null);
  return {
    events: { total: now?.events ?? 0, covered: now?.events_known ?? 0 },
    issues: { total: now?.issues ?? 0, covered: now?.issues_known ?? 0 },
    rate: { value: rate(now), before: rate(before) },
  };
}
