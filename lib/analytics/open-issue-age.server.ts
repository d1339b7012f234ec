import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { DAY_MS } from '../time';
import { OPEN_AGES, type OpenIssueAge } from './analytics-schema';
import { type AnalyticsScope, inScope } from './analytics-scope';

/** Upper bounds of the ages in days; the last has none. */
const LIMITS = [1, 7, 30, 90];

/** Silence after which an open issue looks forgotten. */
const STALE_MS = 14 * DAY_MS;

/** How long the issues that are open at the end of the range have been known. */
export async function openIssueAge({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<OpenIssueAge> {
  assertCan(viewer, 'read');
  const values = new Values();
  const now = values.add(scope.range.to);
  const silence = values.add(new Date(scope.range.to.getTime() - STALE_MS));
  const { rows } = await getPool().query<{ age: number | null; issues: number; stale: number; median_ms: number }>(
    `WITH aged AS MATERIALIZED (
       SELECT extract(epoch FROM ${now}::timestamptz - i.first_seen)::float8 AS seconds, heard.number IS NULL AS silent
       FROM issue_trait i LEFT JOIN (
         SELECT h.project_id, h.number FROM issue h
         WHERE h.last_seen_hour >= date_trunc('hour', ${silence}::timestamptz, 'UTC') AND h.last_seen >= ${silence}::timestamptz) heard
         ON heard.project_id = i.project_id AND heard.number = i.issue_number
       WHERE i.status NOT IN ('resolved', 'muted') AND NOT i.is_merged
         AND i.first_seen < ${now}::timestamptz AND ${inScope('i', scope, values)})
     SELECT width_bucket(seconds, ${values.add(LIMITS.map((days) => (days * DAY_MS) / 1000))}::float8[]) AS age,
       count(*)::int AS issues, (count(*) FILTER (WHERE silent))::int AS stale,
       NULL::float8 AS median_ms
     FROM aged GROUP BY 1
     UNION ALL
     SELECT NULL, 0, 0, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) * 1000 FROM aged`,
    values.list,
  );
  return {
    ages: OPEN_AGES.map((age, index) => {
      const row = rows.find((each) => each.age === index);
      return { age, issues: row?.issues ?? 0, stale: row?.stale ?? 0 };
    }),
    median_ms: rows.find((row) => row.age === null)?.median_ms ?? null,
  };
}
