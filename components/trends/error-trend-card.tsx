'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import type { ErrorTrend, Markers } from '@/lib/analytics/analytics-schema';
import type { ChartPoint } from '../charts/time-series';
import { TimeSeries } from '../charts/time-series';
import { LEVEL_COLORS } from '../issues/issue-badges';
import { useFilters } from '../layout/use-filters';
import { Card } from '../ui/card';
import { Segmented } from '../ui/segmented';
import { IssuesBehind } from './issues-behind';
import type { PointParams } from './queries';

const LABELS = { level: 'Level', service: 'Service', type: 'Type', environment: 'Environment', release: 'Release' };
export type Split = keyof typeof LABELS;

export interface ErrorTrendCardProps {
  trend: ErrorTrend;
  /** The splits to choose from; the first is the one without a choice in the address. */
  splits: readonly [Split, ...Split[]];
  markers?: Markers['data'];
  height?: number;
}

/** Events over time. Drawing a stretch narrows the page to it, a click tells the issues behind a bucket. */
export function ErrorTrendCard({ trend, splits, markers = [], height = 220 }: ErrorTrendCardProps) {
  const [filters, setFilters] = useFilters();
  const [by, setBy] = useQueryState(
    'by',
    parseAsStringLiteral(splits).withDefault(splits[0]).withOptions({ shallow: false, history: 'push' }),
  );
  const [point, setPoint] = useState<PointParams | null>(null);
  const openPoint = ({ from, to, series }: ChartPoint) =>
    setPoint({
      from: from.toISOString(),
      to: to.toISOString(),
      project: filters.project ?? undefined,
      environment: filters.environment ?? undefined,
      ...(series && series !== 'other' && by !== 'release' ? { [by]: series } : {}),
    });
  return (
    <Card>
      <TimeSeries
        title="Events over time"
        controls={
          <Segmented
            label="Split by"
            options={splits.map((split) => ({ value: split, label: LABELS[split] }))}
            value={by}
            onValueChange={(value) => void setBy(value)}
          />
        }
        times={trend.times}
        series={trend.series.map((series) => ({
          key: series.key,
          label: series.key || 'none',
          values: series.values,
          ...(by === 'level' ? { color: LEVEL_COLORS[series.key] } : {}),
          ...(series.key === 'other' ? { color: 'var(--chart-other)' } : {}),
        }))}
        previous={trend.previous.some((count) => count > 0) ? trend.previous : null}
        markers={markers.map(({ at, kind, label, issue }) => ({
          time: at,
          kind,
          label: issue ? `${issue} ${label}` : label,
        }))}
        onRange={(from, to) => void setFilters({ from: from.toISOString(), to: to.toISOString(), range: null })}
        onPoint={openPoint}
        height={height}
      />
      <IssuesBehind point={point} onClose={() => setPoint(null)} />
    </Card>
  );
}
