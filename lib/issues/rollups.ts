import { DAY_MS, HOUR_MS, type TimeRange } from '../time';
import type { Values } from './issue-conditions';

/**
 * Tables of counts by hour (`issue_hour`, …). Beside each stand one of days (UTC) and one of weeks and fours of weeks
 * that are over (`issue_block`), with the same columns; `hour` is where a row starts.
 */
export const ROLLUP_COLUMNS = {
  issue: 'project_id, issue_number',
  project: 'project_id, service, environment, level',
  facet: 'facet, project_id, service, environment, key',
} as const;
export type Rollup = keyof typeof ROLLUP_COLUMNS;
export const ROLLUPS = Object.keys(ROLLUP_COLUMNS) as Rollup[];

/** A Monday: weeks, and fours of them, are counted from here. */
export const BLOCK_EPOCH = new Date('1970-01-05T00:00:00Z');

/** More stretches than this cost more to plan than days save. */
const MOST_STRETCHES = 24;

/** Where edges leave more than this to hours, days that they cut are put right instead. */
const MOST_HOURS_MS = 3 * DAY_MS;

const FOUR_WEEKS_MS = 28 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;

type Unit = 'weeks28' | 'weeks7' | 'days' | 'hours';
export interface Stretch extends TimeRange {
  unit: Unit;
}

const UNITS: readonly { unit: Unit; ms: number; origin: number }[] = [
  { unit: 'weeks28', ms: FOUR_WEEKS_MS, origin: BLOCK_EPOCH.getTime() },
  { unit: 'weeks7', ms: WEEK_MS, origin: BLOCK_EPOCH.getTime() },
  { unit: 'days', ms: DAY_MS, origin: 0 },
];

/** Covers a time with whole units of the widest kind, and what is left at its ends with narrower ones. */
function cover(from: number, to: number, folded: number, units: typeof UNITS): Stretch[] {
  if (from >= to) return [];
  const [widest, ...narrower] = units;
  if (!widest) return [{ unit: 'hours', from: new Date(from), to: new Date(to) }];
  const { unit, ms, origin } = widest;
  const first = origin + Math.ceil((from - origin) / ms) * ms;
  const until = unit === 'days' ? to : Math.min(to, folded);
  const end = origin + Math.floor((until - origin) / ms) * ms;
  if (first >= end) return cover(from, to, folded, narrower);
  return [
    ...cover(from, first, folded, narrower),
    { unit, from: new Date(first), to: new Date(end) },
    ...cover(end, to, folded, narrower),
  ];
}

/**
 * Which fours of weeks, weeks, days and hours make up the time between the first and the last of `edges`, so that none lies
 * across one: sums on either side of an edge stay exact. `edges` ascend; weeks are there up to `folded`.
 */
export function coverEdges(edges: readonly Date[], folded: Date): Stretch[] {
  const stretches: Stretch[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [(edges[i] as Date).getTime(), (edges[i + 1] as Date).getTime()];
    for (const stretch of cover(from, to, folded.getTime(), UNITS)) {
      const last = stretches.at(-1);
      if (last?.unit === stretch.unit && last.to.getTime() === stretch.from.getTime()) last.to = stretch.to;
      else stretches.push(stretch);
    }
  }
  return stretches;
}

/** A day that an edge cuts: what of it lies on the lesser side is read in hours and taken off the rest. */
interface CutDay {
  lesser: TimeRange;
  /** An hour of the greater side. */
  home: Date;
}

/**
 * For buckets of days of another zone, whose midnight cuts those of UTC: every whole UTC day between the first and the last
 * of `edges`, and where they are cut. Null where days are cut more than once, or not at midnight of one zone.
 */
export function cutDays(edges: readonly Date[]): { days: TimeRange; isLate: boolean; cuts: CutDay[] } | null {
  const from = Math.ceil((edges[0] as Date).getTime() / DAY_MS) * DAY_MS;
  const to = Math.floor((edges.at(-1) as Date).getTime() / DAY_MS) * DAY_MS;
  if (from >= to) return null;
  const cuts: CutDay[] = [];
  const late = new Set<boolean>();
  let last = -1;
  for (const edge of edges) {
    const at = Math.ceil(edge.getTime() / HOUR_MS) * HOUR_MS;
    const day = Math.floor(at / DAY_MS) * DAY_MS;
    if (at === day || day < from || day >= to) continue;
    if (day === last) return null;
    last = day;
    const isLate = at - day <= DAY_MS / 2;
    late.add(isLate);
    const [lesser, home] = isLate
      ? [{ from: day, to: at }, day + DAY_MS - HOUR_MS]
      : [{ from: at, to: day + DAY_MS }, day];
    cuts.push({ lesser: { from: new Date(lesser.from), to: new Date(lesser.to) }, home: new Date(home) });
  }
  if (late.size !== 1) return null;
  return { days: { from: new Date(from), to: new Date(to) }, isLate: late.has(true), cuts };
}

/**
 * SQL of the rows of a rollup between the first and the last of `edges`, in units as wide as these allow: a table in
 * parentheses. Each row lies wholly between two neighbouring edges, as its `hour` tells. Some counts may be negative:
 * only sums say something.
 */
export function rollupRows(rollup: Rollup, edges: readonly Date[], values: Values, folded: Date = BLOCK_EPOCH): string {
  const columns = ROLLUP_COLUMNS[rollup];
  const read = ({ unit, from, to }: Stretch, hour = 'hour') => {
    const table = unit === 'hours' ? 'hour' : unit === 'days' ? 'day' : 'block';
    const width = unit === 'weeks28' ? 'days = 28 AND ' : unit === 'weeks7' ? 'days = 7 AND ' : '';
    return `SELECT ${hour} AS hour, ${columns}, count FROM ${rollup}_${table}
     WHERE ${width}hour >= ${values.add(from)}::timestamptz AND hour < ${values.add(to)}::timestamptz`;
  };
  const stretches = coverEdges(edges, folded);
  const hours = stretches.filter(({ unit }) => unit === 'hours').reduce((sum, { from, to }) => sum + +to - +from, 0);
  const cut = hours > MOST_HOURS_MS ? cutDays(edges) : null;
  const [first, last] = [edges[0] as Date, edges.at(-1) as Date];
  if (!cut && stretches.length > MOST_STRETCHES) return `(${read({ unit: 'hours', from: first, to: last })})`;
  if (!cut) return `(${stretches.map((stretch) => read(stretch)).join(' UNION ALL ')})`;
  const { days, isLate, cuts } = cut;
  const dates = (list: Date[]) => `${values.add(list)}::timestamptz[]`;
  return `(${[
    read({ unit: 'days', ...days }, isLate ? `hour + interval '23 hours'` : 'hour'),
    `SELECT m.hour, ${columns}, m.count
     FROM unnest(${dates(cuts.map((each) => each.lesser.from))}, ${dates(cuts.map((each) => each.lesser.to))}, ${dates(cuts.map((each) => each.home))})
       AS cut (since, until, home)
     JOIN ${rollup}_hour h ON h.hour >= cut.since AND h.hour < cut.until,
     LATERAL (VALUES (h.hour, h.count), (cut.home, -h.count)) m (hour, count)`,
    ...coverEdges([first, days.from], folded).map((stretch) => read(stretch)),
    ...coverEdges([days.to, last], folded).map((stretch) => read(stretch)),
  ].join(' UNION ALL ')})`;
}
