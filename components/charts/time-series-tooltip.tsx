import { formatUtc } from '../ui/format';
import { type ChartUnit, formatBucket, formatFigure } from './chart-format';
import type { ChartMarker, ChartSeries } from './time-series';

const MARKER_WORD: Record<ChartMarker['kind'], string> = { release: 'Release', fix: 'Fix', regression: 'Regression' };

export interface TimeSeriesTooltipProps {
  /** Start of the bucket, milliseconds since the epoch. */
  time: number;
  bucketMs: number;
  index: number;
  series: readonly (ChartSeries & { color: string })[];
  previous: readonly (number | null)[] | null;
  unit: ChartUnit;
  markers: readonly ChartMarker[];
}

/** Exact figures of one bucket, largest first, with its time here and in UTC. */
export function TimeSeriesTooltip({ time, bucketMs, index, series, previous, unit, markers }: TimeSeriesTooltipProps) {
  const figures = series
    .map((each) => ({ ...each, value: each.values[index] ?? null }))
    .sort((one, other) => (other.value ?? -1) - (one.value ?? -1));
  const total =
    unit === 'count' && series.length > 1 ? figures.reduce((sum, each) => sum + (each.value ?? 0), 0) : null;
  return (
    <div className="min-w-44 rounded-md bg-raised px-2.5 py-2 text-xs tabular-nums shadow-float">
      <p className="font-medium text-fg">{formatBucket(time, bucketMs)}</p>
      <p className="text-2xs text-faint">{formatUtc(time)}</p>
      <dl className="mt-1.5 grid grid-cols-[1fr_auto] gap-x-6 gap-y-0.5">
        {figures.map((each) => (
          <Figure key={each.key} label={each.label} color={each.color} value={formatFigure(each.value, unit)} />
        ))}
        {total === null ? null : <Figure label="Total" value={formatFigure(total, unit)} />}
        {previous ? (
          <Figure label="Period before" color="var(--chart-previous)" value={formatFigure(previous[index], unit)} />
        ) : null}
      </dl>
      {markers.map((marker) => (
        <p key={`${marker.kind}${marker.label}`} className="mt-1 max-w-60 truncate text-muted">
          {MARKER_WORD[marker.kind]}: <span className="text-fg">{marker.label}</span>
        </p>
      ))}
    </div>
  );
}

function Figure({ label, value, color }: { label: string; value: string; color?: string }) {
  return (
    <>
      <dt className="flex min-w-0 items-center gap-1.5 text-muted">
        {color ? <span aria-hidden className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} /> : null}
        <span className="truncate">{label}</span>
      </dt>
      <dd className="text-right text-fg">{value}</dd>
    </>
  );
}
