'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ErrorTrend } from '@/lib/analytics/analytics-schema';
import { TimeSeries } from '../charts/time-series';
import { LEVEL_COLORS } from '../issues/issue-badges';
import { useFilters } from '../layout/use-filters';
import { Card } from '../ui/card';
import { Segmented } from '../ui/segmented';

const SPLITS = [
  { value: 'level', label: 'Level' },
  { value: 'service', label: 'Service' },
] as const;
const VALUES = SPLITS.map((split) => split.value) as ['level', 'service'];

/** Events over time; drawing a stretch narrows the whole page to it. */
export function ErrorTrendCard({ trend }: { trend: ErrorTrend }) {
  const [, setFilters] = useFilters();
  const [by, setBy] = useQueryState(
    'by',
    parseAsStringLiteral(VALUES).withDefault('level').withOptions({ shallow: false, history: 'push' }),
  );
  return (
    <Card>
      <TimeSeries
        title="Events over time"
        controls={
          <Segmented label="Split by" options={SPLITS} value={by} onValueChange={(value) => void setBy(value)} />
        }
        times={trend.times}
        series={trend.series.map((series) => ({
          key: series.key,
          label: series.key,
          values: series.values,
          ...(by === 'level' ? { color: LEVEL_COLORS[series.key] } : {}),
          ...(series.key === 'other' ? { color: 'var(--chart-other)' } : {}),
        }))}
        previous={trend.previous.some((count) => count > 0) ? trend.previous : null}
        onRange={(from, to) => void setFilters({ from: from.toISOString(), to: to.toISOString(), range: null })}
        height={220}
      />
    </Card>
  );
}
