import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { Values } from '../issues/issue-conditions';
import { ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns, toIssue } from '../issues/issue-row';
import { rollupRows } from '../issues/rollups';
import { DAY_MS, previousRange, type TimeRange } from '../time';
import type { RankedIssue } from './analytics-schema';
import { type AnalyticsScope, inScope } from './analytics-scope';

/** Fewer events than this in a day are no escalation, whatever the factor. */
const ESCALATION_FLOOR = 10;
const ESCALATION_FACTOR = 3;

type Ranked = IssueColumns & { events_in_range: number; events_before: number };

const toRanked = (row: Ranked): RankedIssue => ({
  ...toIssue(row),
  events_in_range: row.events_in_range,
  events_before: row.events_before,
});

/** The issues with most events in the period, whatever their state; of one level or error type when asked. */
export async function topIssues({
  viewer,
  scope,
  limit = 10,
  level,
  type,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  limit?: number;
  level?: string;
  type?: string;
}): Promise<{ data: RankedIssue[] }> {
  assertCan(viewer, 'read');
  const values = new Values();
  const conditions = ['true'];
  if (level !== undefined) conditions.push(`level = ${values.add(level)}`);
  if (type !== undefined) conditions.push(`type = ${values.add(type)}`);
  const rows = await rank(
    values,
    scope,
    scope.range,
    previousRange(scope.range),
    conditions.join(' AND '),
    'now DESC, last_seen DESC',
    limit,
  );
  return { data: rows.map(toRanked) };
}

/** Open issues that the state machine calls escalating, or that came three times as often in the last day as in the week before. */
export async function escalatingIssues({
  viewer,
  scope,
  limit = 10,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  limit?: number;
}): Promise<{ data: RankedIssue[] }> {
  assertCan(viewer, 'read');
  const values = new Values();
  const { to } = scope.range;
  const day: TimeRange = { from: new Date(to.getTime() - DAY_MS), to };
  const week: TimeRange = { from: new Date(to.getTime() - 8 * DAY_MS), to: day.from };
  const rows = await rank(
    values,
    scope,
    day,
    week,
    `status NOT IN ('resolved', 'muted') AND (status = 'escalating' OR (first_seen < ${values.add(day.from)}
       AND now >= ${ESCALATION_FLOOR} AND now > ${ESCALATION_FACTOR} * before / 7.0))`,
    'now::float8 / greatest(before, 1) DESC, now DESC',
    limit,
  );
  return { data: rows.map(toRanked) };
}

async function rank(
  values: Values,
  scope: AnalyticsScope,
  range: TimeRange,
  before: TimeRange,
  condition: string,
  order: string,
  limit: number,
): Promise<Ranked[]> {
  const { rows } = await getPool().query<Ranked>(
    `WITH counted AS (
       SELECT h.project_id, h.issue_number,
         coalesce(sum(h.count) FILTER (WHERE h.hour >= ${values.add(range.from)}), 0)::int AS now,
         coalesce(sum(h.count) FILTER (WHERE h.hour < ${values.add(range.from)}), 0)::int AS before
       FROM ${rollupRows('issue', [before.from, range.from, range.to], values)} h GROUP BY 1, 2),
     picked AS (
       SELECT *, row_number() OVER (ORDER BY ${order}) AS place FROM (
         SELECT i.*, c.now, c.before FROM counted c
         JOIN issue i ON i.project_id = c.project_id AND i.number = c.issue_number
         WHERE i.merged_into IS NULL AND c.now > 0 AND ${inScope('i', scope, values)}) ranked
       WHERE ${condition} ORDER BY place LIMIT ${values.add(limit)})
     SELECT ${ISSUE_COLUMNS}, i.now AS events_in_range, i.before AS events_before FROM picked i ${ISSUE_JOINS}
     ORDER BY i.place`,
    values.list,
  );
  return rows;
}
