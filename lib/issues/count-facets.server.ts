import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from './issue-conditions';
import type { IssueFacets } from './issue-schema';
import { filterConditions, type IssueFilter, projectCondition } from './list-issues.server';

const MAX_VALUES = 20;

/** How many issues of a filter there are by status, service, environment and level; the most frequent values first. */
export async function countFacets({
  viewer,
  filter,
  now,
}: {
  viewer: Viewer;
  filter: IssueFilter;
  now: Date;
}): Promise<IssueFacets> {
  assertCan(viewer, 'read');
  const values = new Values();
  const conditions = filterConditions(filter, values, viewer, now);
  if (filter.project) conditions.push(projectCondition(filter.project, values));
  const { rows } = await getPool().query<{ facet: keyof IssueFacets; value: string; count: number }>(
    `SELECT CASE WHEN grouping(i.status) = 0 THEN 'status' WHEN grouping(i.service) = 0 THEN 'service'
                 WHEN grouping(i.environment) = 0 THEN 'environment' ELSE 'level' END AS facet,
            coalesce(i.status, i.service, i.environment, i.level) AS value, count(*)::int AS count
     FROM issue i JOIN project p ON p.id = i.project_id
     WHERE ${conditions.join(' AND ')}
     GROUP BY GROUPING SETS ((i.status), (i.service), (i.environment), (i.level))
     ORDER BY count DESC, value`,
    values.list,
  );
  const of = (facet: keyof IssueFacets) =>
    rows
      .filter((r) => r.facet === facet)
      .slice(0, MAX_VALUES)
      .map(({ value, count }) => ({ value, count }));
  return {
    status: Object.fromEntries(of('status').map((r) => [r.value, r.count])),
    service: of('service'),
    environment: of('environment'),
    level: of('level'),
  };
}
