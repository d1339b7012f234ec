import type { Tx } from '../db/client.server';
import { HOUR_MS } from '../time';
import { type Baseline, HABIT_MS, habitOf, openStretch } from './fix-verdict';
import type { IssueKey } from './match-issue.server';

/** An issue and the end of the time that is asked for, where it was not resolved before. */
export interface BaselineOf extends IssueKey {
  firstSeen: Date;
  resolvedAt: Date | null;
  until: Date;
}

/** How issues came while they were last open, in the order asked. Reads the hourly rollup, once for all. */
export async function fixBaselines(tx: Pick<Tx, '$queryRaw'>, asked: readonly BaselineOf[]): Promise<Baseline[]> {
  if (asked.length === 0) return [];
  const ends = asked.map(({ resolvedAt, until }) => resolvedAt ?? until);
  const rows = await tx.$queryRaw<{ opened: Date | null; hours: Date[] | null; counts: number[] | null }[]>`
    SELECT o.at AS opened, h.hours, h.counts
    FROM unnest(${asked.map((one) => one.projectId)}::int[], ${asked.map((one) => one.issueNumber)}::int[],
      ${ends.map((end) => end.toISOString())}::timestamptz[]) WITH ORDINALITY AS f (project_id, issue_number, until, place)
    LEFT JOIN LATERAL (
      SELECT max(at) AS at FROM turning_point t
      WHERE t.project_id = f.project_id AND t.issue_number = f.issue_number
        AND t.kind IN ('regressed', 'reopened') AND t.at < f.until) o ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(hour) AS hours, array_agg(count) AS counts FROM issue_hour i
      WHERE i.project_id = f.project_id AND i.issue_number = f.issue_number
        AND i.hour >= f.until - ${(HABIT_MS + HOUR_MS) / 1000} * interval '1 second' AND i.hour <= f.until) h ON true
    ORDER BY f.place`;
  return asked.map((one, place) => {
    const { opened = null, hours, counts } = rows[place] ?? {};
    const issue = { ...one, openedAt: opened };
    const stretch = openStretch(issue, one.until);
    const first = Math.floor(stretch.from.getTime() / HOUR_MS) * HOUR_MS;
    const inside = (counts ?? []).filter((_, at) => (hours?.[at]?.getTime() ?? 0) >= first);
    return {
      events: inside.reduce((sum, count) => sum + count, 0),
      from: stretch.from,
      until: stretch.until,
      habit: habitOf(hours ?? [], openStretch(issue, one.until, HABIT_MS)),
    };
  });
}
