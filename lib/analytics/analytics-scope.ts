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
});
export type ScopeQuery = z.infer<typeof scopeQuerySchema>;

/** What a question is asked about. `from` and `to` lie on the grid of `intervalMs` (UTC), `to` one step past the last bucket. */
export interface AnalyticsScope {
  range: TimeRange;
  intervalMs: number;
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
  const { service, environment, project } = query;
  const range = toRange(query, now);
  return { range, intervalMs: bucketFor(range, query.interval), service, environment, project };
}

/** Starts of the buckets that cover the range. */
export function bucketStarts({ range, intervalMs }: AnalyticsScope): Date[] {
  const first = Math.floor(range.from.getTime() / intervalMs) * intervalMs;
  const count = Math.max(1, Math.ceil((range.to.getTime() - first) / intervalMs));
  return Array.from({ length: count }, (_, i) => new Date(first + i * intervalMs));
}

/** SQL of the number of the bucket that an instant falls into. */
export const bucketOf = (column: string, scope: AnalyticsScope, values: Values): string =>
  `floor(extract(epoch FROM ${column} - ${values.add(bucketStarts(scope)[0])}::timestamptz) / ${scope.intervalMs / 1000})::int`;

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
