import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { LEVELS } from '../ingest/event-schema';
import { foldedUntil } from '../issues/folded-until.server';
import { Values } from '../issues/issue-conditions';
import { rollupRows } from '../issues/rollups';
import type { ErrorTrend } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, bucketStartsBefore, inScope } from './analytics-scope';
import { type TrendSplit, trendSource } from './trend-source';

const MAX_SERIES = 7;

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
  const folded = await foldedUntil();
  const values = new Values();
  const starts = bucketStarts(scope);
  const edges = [...starts.filter((start) => start < scope.range.to), scope.range.to];
  const before = [...bucketStartsBefore(scope, starts.length), starts[0] as Date];
  const { rollup, key, where } = trendSource(by);
  const { rows } = await getPool().query<{ bucket: number; key: string | null; events: number }>(
    `SELECT ${bucketOf('h.hour', scope, values)} AS bucket, h.key, sum(h.count)::int AS events
     FROM (SELECT h.hour, ${key} AS key, sum(h.count) AS count
           FROM ${rollupRows(rollup, edges, values, folded[rollup])} h
           WHERE ${where} AND ${inScope('h', scope, values)} GROUP BY 1, 2
           UNION ALL
           SELECT h.hour, NULL, sum(h.count) FROM ${rollupRows('project', before, values, folded.project)} h
           WHERE ${inScope('h', scope, values)} GROUP BY 1) h
     GROUP BY 1, 2`,
    values.list,
  );
  const zeros = () => new Array<number>(starts.length).fill(0);
  const byKey = new Map<string, number[]>();
  const total = zeros();
  const previous = zeros();
  for (const { bucket, key, events } of rows) {
    if (key === null) {
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
