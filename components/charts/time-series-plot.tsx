'use client';

import { useRef, useState } from 'react';
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { type ChartUnit, formatTick, formatTimeTick } from './chart-format';
import { bucketAt, type ChartMarker, type ChartSeries, type TimeSeriesProps } from './time-series';
import { TimeSeriesTooltip } from './time-series-tooltip';
import { durationTicks, ticksThatFit, timeTicks } from './time-ticks';
import { useWidth } from './use-width';

export interface TimeSeriesPlotProps {
  times: readonly string[];
  series: readonly (ChartSeries & { color: string })[];
  previous: readonly (number | null)[] | null;
  markers: readonly ChartMarker[];
  kind: NonNullable<TimeSeriesProps['kind']>;
  unit: ChartUnit;
  height: number;
  onRange?: TimeSeriesProps['onRange'];
  onPoint?: TimeSeriesProps['onPoint'];
}

const MARKER_COLOR: Record<ChartMarker['kind'], string> = {
  release: 'var(--info)',
  fix: 'var(--success)',
  regression: 'var(--critical)',
};

/** Between gaps, where no line would show it. */
const isAlone = (values: readonly (number | null)[], at: number): boolean =>
  values[at] != null && values[at - 1] == null && values[at + 1] == null;

const AXIS = { fontSize: 11, fill: 'var(--faint)' };

/** The Recharts part of `TimeSeries`; loaded only where a chart is shown. */
export function TimeSeriesPlot(props: TimeSeriesPlotProps) {
  const { series, previous, kind, unit, height, onRange, onPoint } = props;
  const starts = props.times.map((time) => Date.parse(time));
  const bucketMs = starts.length > 1 ? starts[1]! - starts[0]! : 3_600_000;
  const lengthMs = starts.length * bucketMs;
  const rows = starts.map((time, index) => ({
    time,
    previous: previous?.[index] ?? null,
    ...Object.fromEntries(series.map((each) => [`s.${each.key}`, each.values[index] ?? null])),
  }));
  const markers = props.markers.flatMap((marker) => {
    const index = Math.floor((Date.parse(marker.time) - (starts[0] ?? 0)) / bucketMs);
    return index >= 0 && index < starts.length ? [{ ...marker, bucket: starts[index]! }] : [];
  });

  const [ref, width] = useWidth<HTMLDivElement>();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  // The bar under the pointer tells its series before the chart hears of the press.
  const pressed = useRef<string | null>(null);
  const finish = () => {
    if (!drag) return;
    setDrag(null);
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (from !== to) onRange?.(new Date(from), bucketAt(props.times, starts.indexOf(to)).to);
    else onPoint?.(bucketAt(props.times, starts.indexOf(from), pressed.current));
    pressed.current = null;
  };
  const highest = Math.max(0, ...series.flatMap((each) => each.values.map((value) => value ?? 0)));
  const stacked = kind !== 'line' && series.length > 1 ? 'all' : undefined;

  return (
    <div ref={ref} className="h-full">
      {width > 0 ? (
        <ComposedChart
          width={width}
          height={height}
          data={rows}
          margin={{ top: 8, right: 16, bottom: 4, left: 4 }}
          barCategoryGap={starts.length > 60 ? 1 : 2}
          className={onRange ? 'cursor-crosshair select-none' : onPoint ? 'cursor-pointer select-none' : 'select-none'}
          onMouseDown={(state) => {
            const at = Number(state.activeLabel);
            if ((onRange || onPoint) && state.activeLabel !== undefined) setDrag({ from: at, to: at });
          }}
          onMouseMove={(state) => {
            if (drag && onRange && state.activeLabel !== undefined)
              setDrag({ from: drag.from, to: Number(state.activeLabel) });
          }}
          onMouseUp={finish}
          onMouseLeave={() => {
            setDrag(null);
            pressed.current = null;
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="time"
            tick={AXIS}
            tickFormatter={(time: number) => formatTimeTick(time, bucketMs, lengthMs)}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            ticks={timeTicks(
              starts,
              bucketMs,
              ticksThatFit(width),
              -new Date(starts[0] ?? 0).getTimezoneOffset() * 60_000,
            )}
            interval={0}
            height={22}
          />
          <YAxis
            tick={AXIS}
            tickFormatter={(value: number) => formatTick(value, unit)}
            tickLine={false}
            axisLine={false}
            width={unit === 'duration' ? 52 : 44}
            tickCount={4}
            ticks={
              unit === 'ratio' ? [0, 0.25, 0.5, 0.75, 1] : unit === 'duration' ? durationTicks(highest) : undefined
            }
            allowDecimals={unit !== 'count'}
            domain={
              unit === 'ratio' ? [0, 1] : [0, unit === 'duration' ? (durationTicks(highest).at(-1) ?? 1) : 'auto']
            }
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, label }) =>
              active && !drag && label !== undefined ? (
                <TimeSeriesTooltip
                  time={Number(label)}
                  bucketMs={bucketMs}
                  series={series}
                  index={starts.indexOf(Number(label))}
                  previous={previous}
                  unit={unit}
                  markers={markers.filter((marker) => marker.bucket === Number(label))}
                />
              ) : null
            }
          />
          {series.map((each, index) => {
            const shared = { dataKey: `s.${each.key}`, name: each.label, stackId: stacked, isAnimationActive: false };
            if (kind === 'bar')
              return (
                <Bar
                  key={each.key}
                  {...shared}
                  fill={each.color}
                  maxBarSize={28}
                  onMouseDown={() => {
                    pressed.current = each.key;
                  }}
                  radius={index === series.length - 1 ? [2, 2, 0, 0] : 0}
                />
              );
            if (kind === 'area')
              return (
                <Area
                  key={each.key}
                  {...shared}
                  type="linear"
                  stroke={each.color}
                  strokeWidth={1.5}
                  fill={each.color}
                  fillOpacity={stacked ? 0.5 : 0.12}
                  connectNulls={false}
                />
              );
            return (
              <Line
                key={each.key}
                {...shared}
                type="linear"
                stroke={each.color}
                strokeWidth={1.75}
                dot={({ index: at, cx, cy }: { index?: number; cx?: number; cy?: number }) =>
                  at !== undefined && cx !== undefined && cy !== undefined && isAlone(each.values, at) ? (
                    <circle key={at} cx={cx} cy={cy} r={2.5} fill={each.color} />
                  ) : null
                }
                connectNulls={false}
              />
            );
          })}
          {previous ? (
            <Line
              dataKey="previous"
              type="linear"
              stroke="var(--chart-previous)"
              strokeWidth={1.25}
              strokeDasharray="3 3"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
              connectNulls={false}
            />
          ) : null}
          {markers.map((marker) => (
            <ReferenceLine
              key={`${marker.kind}${marker.time}${marker.label}`}
              x={marker.bucket}
              stroke={MARKER_COLOR[marker.kind]}
              strokeOpacity={marker.kind === 'release' ? 0.45 : 0.8}
              strokeDasharray={marker.kind === 'release' ? '2 3' : undefined}
              label={{
                value: marker.kind === 'release' ? '▾' : marker.kind === 'fix' ? '✓' : '!',
                position: 'insideTopLeft',
                fill: MARKER_COLOR[marker.kind],
                fontSize: 11,
                offset: 2,
              }}
            />
          ))}
          {drag ? (
            <ReferenceArea x1={drag.from} x2={drag.to} fill="var(--accent)" fillOpacity={0.12} stroke="var(--accent)" />
          ) : null}
        </ComposedChart>
      ) : null}
    </div>
  );
}
