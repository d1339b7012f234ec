import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { foldedUntil } from '../issues/folded-until.server';
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
    'now DESC',
    'i.last_seen DESC',
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
    'i.project_id, i.number',
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
  /** Among those that are level; over `issue i`. */
  ties: string,
  limit: number,
): Promise<Ranked[]> {
  const folded = await foldedUntil();
  const { rows } = await getPool().query<Ranked>(
    `WITH counted AS (
       SELECT h.project_id, h.issue_number,
         coalesce(sum(h.count) FILTER (WHERE h.hour >= ${values.add(range.from)}), 0)::int AS now,
         coalesce(sum(h.count) FILTER (WHERE h.hour < ${values.add(range.from)}), 0)::int AS before
       FROM ${rollupRows('issue', [before.from, range.from, range.to], values, folded.issue)} h GROUP BY 1, 2),
     picked AS (
       SELECT project_id, issue_number, now, before FROM (
         SELECT c.*, i.status, i.level, i.type, i.first_seen FROM counted c
         JOIN issue_trait i USING (project_id, issue_number)
         WHERE NOT i.is_merged AND c.now > 0 AND ${inScope('i', scope, values)}) ranked
       WHERE ${condition} ORDER BY ${order} FETCH FIRST ${values.add(limit)} ROWS WITH TIES)
     SELECT ${ISSUE_COLUMNS}, c.now AS events_in_range, c.before AS events_before
     FROM picked c JOIN issue i ON i.project_id = c.project_id AND i.number = c.issue_number ${ISSUE_JOINS}
     ORDER BY ${order}, ${ties} LIMIT ${values.add(limit)}`,
    values.list,
  );
  return rows;
}
