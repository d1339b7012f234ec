import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { AppError } from '../errors';
import { decodeCursor, encodeCursor, type Page, type PageQuery, toPage } from '../http/pagination';
import { floorHour, type TimeRange } from '../time';
import { issueConditions, seenSince, Values } from './issue-conditions';
import { type ParsedQuery, parseIssueQuery } from './issue-query';
import { ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns, toIssue } from './issue-row';
import { type IssueRow, SPARKLINE_BUCKETS } from './issue-schema';
import { MOST_RANKED, rankIssues, SCORES, type Score } from './rank-issues.server';

const COLUMN_SORTS = ['last_seen', 'first_seen', 'events', 'users'] as const;
export const ISSUE_SORTS = [...COLUMN_SORTS, ...SCORES] as const;
type ColumnSort = (typeof COLUMN_SORTS)[number];
export type IssueSort = (typeof ISSUE_SORTS)[number];

const isScore = (sort: IssueSort): sort is Score => SCORES.some((score) => score === sort);

/** `index`: a coarser column in the same order, which is the one that has an index. */
const SORT_COLUMNS: Record<
  ColumnSort,
  { column: string; index?: string; type: string; key: (row: IssueColumns) => string }
> = {
  last_seen: {
    column: 'i.last_seen',
    index: 'i.last_seen_hour',
    type: 'timestamptz',
    key: (row) => row.last_seen.toISOString(),
  },
  first_seen: { column: 'i.first_seen', type: 'timestamptz', key: (row) => row.first_seen.toISOString() },
  events: { column: 'i.event_count', type: 'bigint', key: (row) => row.event_count },
  users: { column: 'i.user_count', type: 'bigint', key: (row) => String(row.user_count) },
};

const scoreCursorSchema = z.tuple([z.enum(SCORES), z.number().int().min(0).max(MOST_RANKED)]);
const cursorSchema = z.tuple([
  z.enum(COLUMN_SORTS),
  z.string().regex(/^(\d{1,19}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/),
  z.number().int(),
  z.number().int(),
]);

/** @throws AppError `invalid_query` with what is wrong and where. */
export function checkedQuery(query: string): ParsedQuery {
  const parsed = parseIssueQuery(query);
  const first = parsed.errors[0];
  if (!first) return parsed;
  throw new AppError('invalid_query', `The query cannot be read: ${first.message}`, {
    errors: parsed.errors.map((e) => ({ field: 'query', message: `at ${e.start + 1}: ${e.message}` })),
  });
}

export interface IssueFilter {
  query: string;
  /** Slug or id of a project; all of them without one. */
  project?: string;
  environment?: string;
  service?: string;
  /** Only issues that were seen within. */
  range?: TimeRange;
}

/** The conditions a filter stands for, over `issue i JOIN project p`. */
export function filterConditions(filter: IssueFilter, values: Values, viewer: Viewer, now: Date): string[] {
  const conditions = ['i.merged_into IS NULL'];
  conditions.push(...issueConditions(checkedQuery(filter.query), values, { now, userId: viewer.userId }));
  if (filter.environment) conditions.push(`i.environment = ${values.add(filter.environment)}`);
  if (filter.service) conditions.push(`i.service = ${values.add(filter.service)}`);
  if (filter.range) {
    conditions.push(seenSince(values.add(filter.range.from)));
    conditions.push(`i.first_seen <= ${values.add(filter.range.to)}::timestamptz`);
  }
  return conditions;
}

export const projectCondition = (project: string, values: Values): string =>
  /^\d{1,9}$/.test(project) ? `p.id = ${values.add(Number(project))}` : `p.slug = ${values.add(project)}`;

/**
 * Issues that match, a page at a time, each with its events over `sparkline` (by default the range, else 14 days). Each
 * project is walked along its own index, so that many projects cost no more than one.
 */
export async function listIssues({
  viewer,
  filter,
  sort,
  page,
  sparkline,
  now,
}: {
  viewer: Viewer;
  filter: IssueFilter;
  sort: IssueSort;
  page: PageQuery;
  sparkline: TimeRange;
  now: Date;
}): Promise<Page<IssueRow>> {
  assertCan(viewer, 'read');
  const values = new Values();
  const conditions = filterConditions(filter, values, viewer, now);
  if (isScore(sort)) {
    const from = decodeCursor(page.cursor, z.union([scoreCursorSchema, cursorSchema]));
    checkOrder(from, sort);
    const offset = from && isScore(from[0]) ? Number(from[1]) : 0;
    if (filter.project) conditions.push(projectCondition(filter.project, values));
    const limit = Math.min(page.limit, MOST_RANKED - offset);
    const rows = await rankIssues({
      sort,
      conditions,
      values,
      range: filter.range ?? sparkline,
      offset,
      limit: limit + 1,
    });
    const shown = await withSparklines(rows.slice(0, limit), sparkline);
    const next = offset + limit;
    const isLast = rows.length <= limit || next >= MOST_RANKED;
    return { data: shown, next_cursor: isLast ? null : encodeCursor([sort, next]) };
  }
  const { column, index, type, key } = SORT_COLUMNS[sort];
  const after = decodeCursor(page.cursor, z.union([cursorSchema, scoreCursorSchema]));
  checkOrder(after, sort);
  if (after && after.length === 4) {
    const at = `${values.add(after[1])}::${type}`;
    conditions.push(`${index ?? column} <= ${at}`);
    conditions.push(
      `(${column}, -i.project_id, i.number) < (${at}, -${values.add(after[2])}::int, ${values.add(after[3])}::int)`,
    );
  }
  const projects = filter.project ? `WHERE ${projectCondition(filter.project, values)}` : '';
  const limit = values.add(page.limit + 1);
  const { rows } = await getPool().query<IssueColumns>(
    `WITH picked AS (
       SELECT found.* FROM project p CROSS JOIN LATERAL (
         SELECT i.* FROM issue i
         WHERE i.project_id = p.id AND ${conditions.join(' AND ')}
         ORDER BY ${index ? `${index} DESC, ` : ''}${column} DESC, i.number DESC LIMIT ${limit}) found
       ${projects})
     SELECT ${ISSUE_COLUMNS} FROM picked i ${ISSUE_JOINS}
     ORDER BY ${column} DESC, i.project_id, i.number DESC LIMIT ${limit}`,
    values.list,
  );
  const shown = await withSparklines(rows.slice(0, page.limit), sparkline);
  const { next_cursor } = toPage(
    rows,
    page.limit,
    (row) => [sort, key(row), row.project_id, row.number],
    () => null,
  );
  return { data: shown, next_cursor };
}

function checkOrder(cursor: readonly unknown[] | undefined | null, sort: IssueSort): void {
  if (cursor && cursor[0] !== sort)
    throw new AppError('invalid_cursor', `The cursor belongs to the order "${cursor[0]}", not "${sort}".`);
}

async function withSparklines(rows: IssueColumns[], range: TimeRange): Promise<IssueRow[]> {
  const trends = await loadSparklines(rows, range);
  return rows.map((row) => {
    const counts = trends.get(`${row.project_id}:${row.number}`) ?? new Array<number>(SPARKLINE_BUCKETS).fill(0);
    return { ...toIssue(row), events_in_range: counts.reduce((sum, n) => sum + n, 0), sparkline: counts };
  });
}

/** Events by bucket for all rows of a page, in one query. */
async function loadSparklines(
  issues: { project_id: number; number: number }[],
  range: TimeRange,
): Promise<Map<string, number[]>> {
  const trends = new Map<string, number[]>();
  if (issues.length === 0) return trends;
  const from = floorHour(range.from);
  const seconds = Math.max(1, (range.to.getTime() - from.getTime()) / 1000 / SPARKLINE_BUCKETS);
  const { rows } = await getPool().query<{ project_id: number; issue_number: number; bucket: number; events: string }>(
    `SELECT h.project_id, h.issue_number,
            least(${SPARKLINE_BUCKETS - 1}, floor(extract(epoch FROM h.hour - $3::timestamptz) / $5))::int AS bucket,
            sum(h.count) AS events
     FROM unnest($1::int[], $2::int[]) AS wanted(project_id, number)
     JOIN issue_hour h ON h.project_id = wanted.project_id AND h.issue_number = wanted.number
      AND h.hour >= $3::timestamptz AND h.hour < $4::timestamptz
     GROUP BY 1, 2, 3`,
    [issues.map((i) => i.project_id), issues.map((i) => i.number), from, range.to, seconds],
  );
  for (const row of rows) {
    const id = `${row.project_id}:${row.issue_number}`;
    const counts = trends.get(id) ?? new Array<number>(SPARKLINE_BUCKETS).fill(0);
    counts[row.bucket] = Number(row.events);
    trends.set(id, counts);
  }
  return trends;
}
