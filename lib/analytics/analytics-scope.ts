import { TZDate } from '@date-fns/tz';
import { addDays, startOfDay, startOfISOWeek } from 'date-fns';
import { z } from 'zod';
import type { Values } from '../issues/issue-conditions';
import { rangeQuerySchema, toRange } from '../issues/range-query';
import { bucketMs, DAY_MS, HOUR_MS, type TimeRange } from '../time';

export const INTERVALS = { hour: HOUR_MS, '6h': 6 * HOUR_MS, day: DAY_MS, week: 7 * DAY_MS } as const;
export type IntervalName = keyof typeof INTERVALS;

export const scopeQuerySchema = z.object({
  ...rangeQuerySchema.shape,
  interval: z.enum(['hour', '6h', 'day', 'week'], 'expected hour, 6h, day or week').optional(),
  service: z.string().max(200).optional(),
  environment: z.string().max(100).optional(),
  /** Slug or id. */
  project: z.string().max(100).optional(),
  /** Days and weeks begin at midnight of this zone; UTC unless one is named. */
  zone: z.string().max(60).refine(isZone, 'expected a time zone such as Europe/Berlin').optional(),
});
export type ScopeQuery = z.infer<typeof scopeQuerySchema>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** What a question is asked about. */
export interface AnalyticsScope {
  range: TimeRange;
  intervalMs: number;
  /** IANA name; days and weeks are those of this zone. UTC without one. */
  zone?: string;
  service?: string;
  environment?: string;
  project?: string;
}

const MAX_BUCKETS = 2000;

/** Width of the buckets for a range: as asked for, else as the range suggests; wider where that would be too many. */
export function bucketFor(range: TimeRange, asked?: IntervalName): number {
  const length = range.to.getTime() - range.from.getTime();
  const wanted = asked ? INTERVALS[asked] : bucketMs(range);
  return Object.values(INTERVALS).find((ms) => ms >= wanted && length / ms <= MAX_BUCKETS) ?? INTERVALS.week;
}

/** @throws AppError `bad_request` when the range ends before it begins. */
export function toScope(query: ScopeQuery, now: Date): AnalyticsScope {
  const { service, environment, project, zone } = query;
  const range = toRange(query, now);
  return { range, intervalMs: bucketFor(range, query.interval), zone, service, environment, project };
}

/**
 * The instant `steps` buckets away from the one that holds `time`. Days and weeks follow the calendar of the zone, where a
 * day may have 23 or 25 hours; the rollups are hours of UTC, so a zone off by half an hour gets the hour that its midnight
 * falls into.
 */
function bucketStart(time: Date, steps: number, { intervalMs, zone = 'UTC' }: AnalyticsScope): Date {
  if (intervalMs < DAY_MS) return new Date((Math.floor(time.getTime() / intervalMs) + steps) * intervalMs);
  const local = new TZDate(time.getTime(), zone);
  const weekly = intervalMs === INTERVALS.week;
  const start = weekly ? startOfISOWeek(local) : startOfDay(local);
  return new Date(addDays(start, steps * (weekly ? 7 : 1)).getTime());
}

/** Starts of the buckets that cover the range. */
export function bucketStarts(scope: AnalyticsScope): Date[] {
  const starts: Date[] = [];
  do starts.push(bucketStart(scope.range.from, starts.length, scope));
  while (bucketStart(scope.range.from, starts.length, scope) < scope.range.to);
  return starts;
}

/** As many buckets as the range has, just before it: what a trend is compared with. */
export const bucketStartsBefore = (scope: AnalyticsScope, count: number): Date[] =>
  Array.from({ length: count }, (_, i) => bucketStart(scope.range.from, i - count, scope));

/** Every edge that `bucketOf` tells apart, ascending: the starts of the period before and of the range, and its end. */
export function bucketEdges(scope: AnalyticsScope): Date[] {
  const starts = bucketStarts(scope);
  return [...bucketStartsBefore(scope, starts.length), ...starts, bucketStart(scope.range.from, starts.length, scope)];
}

/**
 * SQL of the number of the bucket that an instant falls into: 0 is the first of the range, negative ones lie in the period
 * before (one less than its first for all that is earlier), and the number of buckets stands for all that is later.
 */
export function bucketOf(column: string, scope: AnalyticsScope, values: Values): string {
  const edges = bucketEdges(scope);
  return `(width_bucket(${column}, ${values.add(edges)}::timestamptz[]) - ${(edges.length + 1) / 2})`;
}

/** Whether the scope leaves issues out: where it does not, nothing has to be joined with them for its sake. */
export const isNarrow = ({ project, service, environment }: AnalyticsScope): boolean =>
  project !== undefined || service !== undefined || environment !== undefined;

export const within = (column: string, range: TimeRange, values: Values): string =>
  `${column} >= ${values.add(range.from)}::timestamptz AND ${column} < ${values.add(range.to)}::timestamptz`;

/** Conditions on the columns of `alias` (an issue or a rollup of projects) that keep to the scope; `true` for all. */
export function inScope(alias: string, scope: AnalyticsScope, values: Values): string {
  const conditions = ['true'];
  if (scope.project)
    conditions.push(
      `${alias}.project_id = ${/^\d{1,9}$/.test(scope.project) ? `${values.add(Number(scope.project))}::int` : `(SELECT id FROM project WHERE slug = ${values.add(scope.project)})`}`,
    );
  if (scope.service) conditions.push(`${alias}.service = ${values.add(scope.service)}`);
  if (scope.environment) conditions.push(`${alias}.environment = ${values.add(scope.environment)}`);
  return conditions.join(' AND ');
}
