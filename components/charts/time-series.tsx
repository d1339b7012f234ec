'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { HOUR_MS } from '@/lib/time';
import { formatUtc } from '../ui/format';
import { Skeleton } from '../ui/skeleton';
import { type ChartUnit, formatFigure } from './chart-format';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { Legend } from './legend';
import { seriesColors } from './series-color';

export interface ChartSeries {
  key: string;
  label: string;
  /** One figure per bucket; null is a gap. */
  values: readonly (number | null)[];
  /** A CSS colour with a meaning of its own (`var(--critical)`); otherwise it follows from the key. */
  color?: string;
}

export interface ChartPoint {
  from: Date;
  to: Date;
  series: string | null;
}

export interface ChartMarker {
  /** ISO instant. */
  time: string;
  kind: 'release' | 'fix' | 'regression';
  label: string;
}

export interface TimeSeriesProps extends Pick<ChartFrameProps, 'title' | 'description' | 'controls'> {
  /** ISO starts of the buckets, evenly spaced. */
  times: readonly string[];
  series: readonly ChartSeries[];
  /** The period before, bucket by bucket: drawn as one faint line. */
  previous?: readonly (number | null)[] | null;
  markers?: readonly ChartMarker[];
  kind?: 'area' | 'bar' | 'line';
  unit?: ChartUnit;
  /** Called with the stretch that was drawn with the pointer. */
  onRange?: (from: Date, to: Date) => void;
  /** Called with the bucket that was clicked, and the series when its bar was. */
  onPoint?: (point: ChartPoint) => void;
  /** Pixels, 180 to 240. */
  height?: number;
}

const Plot = dynamic(() => import('./time-series-plot').then((module) => module.TimeSeriesPlot), {
  ssr: false,
  loading: () => <PlotSkeleton />,
});

const PlotSkeleton = () => (
  <div className="h-full px-4 pb-4">
    <Skeleton className="h-full" />
  </div>
);

/** The stretch of time that a bucket covers; the last is as wide as the first. */
export function bucketAt(times: readonly string[], index: number, series: string | null = null): ChartPoint {
  const at = (i: number) => Date.parse(times[i] ?? '');
  const width = times.length > 1 ? at(1) - at(0) : HOUR_MS;
  const from = at(index);
  return { from: new Date(from), to: new Date(index + 1 < times.length ? at(index + 1) : from + width), series };
}

/** Figures over time: zero-based, gaps stay gaps, the period before as a faint line, drag to zoom. */
export function TimeSeries({
  title,
  description,
  controls,
  times,
  series,
  previous = null,
  markers = [],
  kind = 'bar',
  unit = 'count',
  onRange,
  onPoint,
  height = 200,
}: TimeSeriesProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const coloured = useMemo(() => {
    const colors = seriesColors(series.filter((each) => !each.color).map((each) => each.key));
    return series.map((each) => ({ ...each, color: each.color ?? colors[each.key]! }));
  }, [series]);

  const figure = (value: string | number | null) => formatFigure(value as number | null, unit);
  const columns = [
    {
      label: 'Time (UTC)',
      format: (value: string | number | null) => formatUtc(Date.parse(String(value))).slice(0, 16),
    },
    ...series.map((each) => ({ label: each.label, format: figure })),
    ...(previous ? [{ label: 'Period before', format: figure }] : []),
  ];
  const rows = times.map((time, index) => [
    time,
    ...series.map((each) => each.values[index] ?? null),
    ...(previous ? [previous[index] ?? null] : []),
  ]);

  return (
    <ChartFrame
      title={title}
      description={description}
      controls={controls}
      height={height}
      table={{ columns, rows, ...(onPoint ? { onRow: (index) => onPoint(bucketAt(times, index)) } : {}) }}
      legend={
        coloured.length > 1 || previous ? (
          <Legend
            items={coloured}
            hidden={hidden}
            onToggle={(key) => {
              const next = new Set(hidden);
              if (!next.delete(key)) next.add(key);
              setHidden(next);
            }}
            previous={previous !== null}
          />
        ) : null
      }
    >
      <Plot
        times={times}
        series={coloured.filter((each) => !hidden.has(each.key))}
        previous={previous}
        markers={markers}
        kind={kind}
        unit={unit}
        height={height}
        onRange={onRange}
        onPoint={onPoint}
      />
    </ChartFrame>
  );
}
