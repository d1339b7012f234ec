import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { LEVELS } from '../ingest/event-schema';
import { Values } from '../issues/issue-conditions';
import { type Rollup, rollupRows } from '../issues/rollups';
import type { ErrorTrend } from './analytics-schema';
import { type AnalyticsScope, bucketEdges, bucketOf, bucketStarts, inScope } from './analytics-scope';

export const TREND_SPLITS = ['service', 'type', 'level', 'environment', 'release'] as const;
export type TrendSplit = (typeof TREND_SPLITS)[number];

const MAX_SERIES = 7;

/** The rollup that knows what is asked for, and where. */
function source(by: TrendSplit): { rollup: Rollup; key: string; where: string } {
  if (by === 'type' || by === 'release') return { rollup: 'facet', key: 'h.key', where: `h.facet = '${by}'` };
  return { rollup: 'project', key: `h.${by}`, where: 'true' };
}

/** Events over time, split by service, error type, level, environment or release, with the period before. */
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
  const edges = bucketEdges(scope).filter((edge) => edge < scope.range.to);
  const { rollup, key, where } = source(by);
  const { rows } = await getPool().query<{ bucket: number; key: string; events: number }>(
    `SELECT ${bucketOf('h.hour', scope, values)} AS bucket, h.key, sum(h.count)::int AS events
     FROM (SELECT h.hour, ${key} AS key, sum(h.count) AS count
           FROM ${rollupRows(rollup, [...edges, scope.range.to], values)} h
           WHERE ${where} AND ${inScope('h', scope, values)} GROUP BY 1, 2) h
     GROUP BY 1, 2`,
    values.list,
  );
  const zeros = () => new Array<number>(starts.length).fill(0);
  const byKey = new Map<string, number[]>();
  const total = zeros();
  const previous = zeros();
  for (const { bucket, key, events } of rows) {
    if (bucket < 0) {
      const at = bucket + starts.length;
      previous[at] = (previous[at] ?? 0) + events;
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
