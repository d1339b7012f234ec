import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { foldedUntil } from '../issues/folded-until.server';
import { Values } from '../issues/issue-conditions';
import { rollupRows } from '../issues/rollups';
import { previousRange } from '../time';
import type { KnowledgeCoverage } from './analytics-schema';
import { type AnalyticsScope, inScope } from './analytics-scope';

/** How much of what happens is known: the share of events whose issue has an accepted entry. */
export async function knowledgeCoverage({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<KnowledgeCoverage> {
  assertCan(viewer, 'read');
  const folded = await foldedUntil();
  const values = new Values();
  const { range } = scope;
  const edges = [previousRange(range).from, range.from, range.to];
  const { rows } = await getPool().query<
    Record<'current' | 'events' | 'events_known' | 'issues' | 'issues_known', number>
  >(
    `WITH counted AS (
       SELECT h.hour >= ${values.add(range.from)} AS current, h.project_id, h.issue_number, sum(h.count) AS events
       FROM ${rollupRows('issue', edges, values, folded.issue)} h GROUP BY 1, 2, 3),
     seen AS (
       SELECT c.current, c.events, i.is_known AS known
       FROM counted c JOIN issue_trait i USING (project_id, issue_number)
       WHERE NOT i.is_merged AND ${inScope('i', scope, values)})
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
