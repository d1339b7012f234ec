import { DAY_MS, formatDuration, HOUR_MS } from '@/lib/time';
import { formatExact, formatPercent, formatShort } from '../ui/format';

/** What the figures are: counts, ratios of 0 to 1, or milliseconds. */
export type ChartUnit = 'count' | 'ratio' | 'duration';

export const formatTick = (value: number, unit: ChartUnit): string =>
  unit === 'ratio' ? formatPercent(value) : unit === 'duration' ? formatDuration(value) : formatShort(value);

export const formatFigure = (value: number | null | undefined, unit: ChartUnit): string =>
  value === null || value === undefined
    ? 'no data'
    : unit === 'ratio'
      ? `${Number((value * 100).toFixed(2))}%`
      : unit === 'duration'
        ? formatDuration(value)
        : formatExact(value);

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const utcDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const isUtcDay = (time: number): boolean => time % DAY_MS === 0;

/** Days that begin at midnight of UTC are told as such, all others in the viewer's time. */
const dayOf = (time: number): string => (isUtcDay(time) ? utcDay : day).format(time);

export function formatTimeTick(time: number, bucketMs: number, lengthMs: number): string {
  if (bucketMs >= DAY_MS - HOUR_MS) return dayOf(time);
  return lengthMs <= 2 * DAY_MS ? clock.format(time) : day.format(time);
}

export function formatBucket(time: number, bucketMs: number): string {
  if (bucketMs >= 6 * DAY_MS) return `${dayOf(time)} – ${day.format(time + bucketMs - DAY_MS)}`;
  if (bucketMs >= DAY_MS - HOUR_MS) return dayOf(time);
  return `${dayAndClock.format(time)} – ${clock.format(time + bucketMs)}`;
}
