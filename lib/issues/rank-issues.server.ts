import { getPool } from '../db/client.server';
import type { TimeRange } from '../time';
import type { Values } from './issue-conditions';
import { ISSUE_COLUMNS, ISSUE_JOINS, type IssueColumns } from './issue-row';
import { rollupRows } from './rollups';

/** Orders by a figure that is worked out, not stored. */
export const SCORES = ['trend', 'impact'] as const;
export type Score = (typeof SCORES)[number];

/** Nobody pages further through a ranking. */
export const MOST_RANKED = 5000;

/**
 * Impact: people count most, then events, and a severe level weighs both. Each further zero behind the number of people is
 * worth as much as ten behind that of events.
 */
const IMPACT = `(CASE i.level WHEN 'fatal' THEN 2 WHEN 'error' THEN 1 WHEN 'warning' THEN 0.5 WHEN 'info' THEN 0.2 ELSE 0.1 END
  * (10 * ln(1 + i.user_count) + ln(1 + i.event_count)))`;

/**
 * Trend: by how much the second half of the range outweighs the first, against what chance makes of so few events: from 2
 * to 6 is less than from 200 to 300.
 */
const TREND = `coalesce((c.recent - c.early) / sqrt(1 + c.recent + c.early), 0)`;

/** Issues of the conditions (over `issue i` and `project p`), the highest score first. */
export async function rankIssues({
  sort,
  conditions,
  values,
  range,
  offset,
  limit,
}: {
  sort: Score;
  conditions: readonly string[];
  values: Values;
  range: TimeRange;
  offset: number;
  limit: number;
}): Promise<IssueColumns[]> {
  const middle = new Date((range.from.getTime() + range.to.getTime()) / 2);
  const counted = () => `LEFT JOIN (
      SELECT h.project_id, h.issue_number, coalesce(sum(h.count) FILTER (WHERE h.hour >= ${values.add(middle)}), 0)::float8 AS recent,
        coalesce(sum(h.count) FILTER (WHERE h.hour < ${values.add(middle)}), 0)::float8 AS early
      FROM ${rollupRows('issue', [range.from, middle, range.to], values)} h GROUP BY 1, 2) c
      ON c.project_id = i.project_id AND c.issue_number = i.number`;
  const { rows } = await getPool().query<IssueColumns>(
    `WITH picked AS MATERIALIZED (
       SELECT i.project_id, i.number, row_number() OVER (ORDER BY score DESC, last_seen DESC, project_id, number) AS place
       FROM (SELECT i.project_id, i.number, i.last_seen, ${sort === 'trend' ? TREND : IMPACT} AS score
             FROM issue i JOIN project p ON p.id = i.project_id ${sort === 'trend' ? counted() : ''}
             WHERE ${conditions.join(' AND ')}) i
       ORDER BY place LIMIT ${values.add(limit)} OFFSET ${values.add(offset)})
     SELECT ${ISSUE_COLUMNS} FROM picked JOIN issue i ON i.project_id = picked.project_id AND i.number = picked.number ${ISSUE_JOINS}
     ORDER BY picked.place`,
    values.list,
  );
  return rows;
}
