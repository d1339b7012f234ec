import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { LEVELS } from '../ingest/event-schema';
import { Values } from '../issues/issue-conditions';
import { previousRange } from '../time';
import type { ErrorTrend } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, inScope, within } from './analytics-scope';

export const TREND_SPLITS = ['service', 'level', 'environment'] as const;
export type TrendSplit = (typeof TREND_SPLITS)[number];

const MAX_SERIES = 7;

/** Events over time, split by service, level or environment, with the period before. */
export async function errorTrend({
  viewer,
  scope,
  by,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
  by: TrendSplit;
}): Promise<ErrorTrend> {
  assertCan(viewer, 'read');
  const values = new Values();
  const starts = bucketStarts(scope);
  const now = { from: starts[0] as Date, to: scope.range.to };
  const before = previousRange(now);
  const { rows } = await getPool().query<{ bucket: number; key: string; events: number }>(
    `SELECT ${bucketOf('h.hour', scope, values)} AS bucket, h.${by} AS key, sum(h.count)::int AS events
     FROM project_hour h
     WHERE ${within('h.hour', { from: before.from, to: now.to }, values)} AND ${inScope('h', scope, values)}
     GROUP BY 1, 2`,
    values.list,
  );
  const zeros = () => new Array<number>(starts.length).fill(0);
  const byKey = new Map<string, number[]>();
  const total = zeros();
  const previous = zeros();
  // The period before has no whole number of buckets where the range has none; its end is aligned with ours.
  const shift = Math.ceil((now.to.getTime() - now.from.getTime()) / scope.intervalMs);
  for (const { bucket, key, events } of rows) {
    if (bucket < 0) {
      const at = bucket + shift;
      if (at >= 0) previous[at] = (previous[at] ?? 0) + events;
      continue;
    }
    const series = byKey.get(key) ?? zeros();
    series[bucket] = (series[bucket] ?? 0) + events;
    total[bucket] = (total[bucket] ?? 0) + events;
    byKey.set(key, series);
  }
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const series = [...byKey].map(([key, counts]) => ({ key, total: sum(counts), values: counts }));
  series.sort((a, b) => b.total - a.total || a.key.localeCompare(b.key));
  if (by === 'level') series.sort((a, b) => levelRank(b.key) - levelRank(a.key));
  return {
    interval_ms: scope.intervalMs,
    times: starts.map((d) => d.toISOString()),
    series: foldRest(series),
    total,
    previous,
  };
}

const levelRank = (level: string): number => (LEVELS as readonly string[]).indexOf(level);

function foldRest(series: ErrorTrend['series']): ErrorTrend['series'] {
  if (series.length <= MAX_SERIES + 1) return series;
  const rest = series.slice(MAX_SERIES);
  const values = (rest[0]?.values ?? []).map((_, i) => rest.reduce((sum, s) => sum + (s.values[i] ?? 0), 0));
  return [...series.slice(0, MAX_SERIES), { key: 'other', total: rest.reduce((sum, s) => sum + s.total, 0), values }];
}
