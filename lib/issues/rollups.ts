import { DAY_MS, type TimeRange } from '../time';
import type { Values } from './issue-conditions';

/** Tables of counts by hour, each with one of days (UTC) beside it that has the same columns; `hour` is where a row starts. */
const COLUMNS = {
  issue: 'project_id, issue_number',
  project: 'project_id, service, environment, level',
  facet: 'facet, project_id, service, environment, key',
} as const;
export type Rollup = keyof typeof COLUMNS;

/** More stretches than this cost more to plan than days save. */
const MOST_STRETCHES = 12;

const ceilDay = (ms: number): number => Math.ceil(ms / DAY_MS) * DAY_MS;
const floorDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

/** Appends a stretch, or grows the last one where they touch. */
function extend(ranges: TimeRange[], from: number, to: number): void {
  if (from >= to) return;
  const last = ranges.at(-1);
  if (last?.to.getTime() === from) last.to = new Date(to);
  else ranges.push({ from: new Date(from), to: new Date(to) });
}

/**
 * Which whole days (UTC) and which single hours make up the time between the first and the last of `edges`, so that no day
 * lies across one: sums on either side of an edge stay exact. `edges` ascend.
 */
export function coverWithDays(edges: readonly Date[]): { days: TimeRange[]; hours: TimeRange[] } {
  const days: TimeRange[] = [];
  const hours: TimeRange[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const from = (edges[i] as Date).getTime();
    const to = (edges[i + 1] as Date).getTime();
    const first = ceilDay(from);
    const end = floorDay(to);
    if (first >= end) {
      extend(hours, from, to);
      continue;
    }
    extend(hours, from, first);
    extend(days, first, end);
    extend(hours, end, to);
  }
  return { days, hours };
}

/**
 * SQL of the rows of a rollup between the first and the last of `edges`, in days where these are whole: a table in
 * parentheses. Each row lies wholly between two neighbouring edges, as its `hour` tells.
 */
export function rollupRows(rollup: Rollup, edges: readonly Date[], values: Values): string {
  const covered = coverWithDays(edges);
  const first = edges[0] as Date;
  const last = edges.at(-1) as Date;
  const { days, hours } =
    covered.days.length + covered.hours.length > MOST_STRETCHES
      ? { days: [], hours: [{ from: first, to: last }] }
      : covered;
  const read = (unit: 'day' | 'hour', { from, to }: TimeRange) =>
    `SELECT hour, ${COLUMNS[rollup]}, count FROM ${rollup}_${unit}
     WHERE hour >= ${values.add(from)}::timestamptz AND hour < ${values.add(to)}::timestamptz`;
  return `(${[...days.map((range) => read('day', range)), ...hours.map((range) => read('hour', range))].join(' UNION ALL ')})`;
}
