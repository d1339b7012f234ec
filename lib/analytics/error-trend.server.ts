import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { LEVELS } from '../ingest/event-schema';
import { Values } from '../issues/issue-conditions';
import type { ErrorTrend } from './analytics-schema';
import { type AnalyticsScope, bucketOf, bucketStarts, bucketStartsBefore, inScope, within } from './analytics-scope';

export const TREND_SPLITS = ['service', 'type', 'level', 'environment'] as const;
export type TrendSplit = (typeof TREND_SPLITS)[number];

const MAX_SERIES = 7;

/** A project's hours know service, level and environment; what else is asked for is known of the issue. */
const source = (by: TrendSplit): { from: string; key: string; scoped: string } =>
  by === 'type'
    ? {
        from: `issue_hour h JOIN issue i ON i.project_id = h.project_id AND i.number = h.issue_number AND i.merged_into IS NULL`,
        key: 'i.type',
        scoped: 'i',
      }
    : { from: 'project_hour h', key: `h.${by}`, scoped: 'h' };

/** Events over time, split by service, error type, level or environment, with the period before. */
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
  const earliest = bucketStartsBefore(scope, starts.length)[0] as Date;
  const { from, key, scoped } = source(by);
  const { rows } = await getPool().query<{ bucket: number; key: string; events: number }>(
    `SELECT ${bucketOf('h.hour', scope, values)} AS bucket, ${key} AS key, sum(h.count)::int AS events
     FROM ${from}
     WHERE ${within('h.hour', { from: earliest, to: scope.range.to }, values)} AND ${inScope(scoped, scope, values)}
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
