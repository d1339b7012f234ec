/** Time as the product speaks of it. Pure: now is always an argument. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export const RANGES = ['1h', '24h', '7d', '14d', '30d', '90d'] as const;
export type RangeName = (typeof RANGES)[number];
export const DEFAULT_RANGE: RangeName = '14d';

export interface TimeRange {
  from: Date;
  to: Date;
}

export const RANGE_LABELS: Record<RangeName, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '14d': 'Last 14 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

const RANGE_MS: Record<RangeName, number> = {
  '1h': HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '14d': 14 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

const isRangeName = (value: string): value is RangeName => (RANGES as readonly string[]).includes(value);

/**
 * The range a URL asks for: `range=7d`, or `from=…&to=…` as ISO instants, which win. Anything else is the default range.
 * The end of a named range is `now`.
 */
export function parseRange(
  params: { range?: string | null; from?: string | null; to?: string | null },
  now: Date,
): TimeRange & { name: RangeName | null } {
  if (params.from) {
    const from = new Date(params.from);
    const to = params.to ? new Date(params.to) : now;
    if (isInBounds(from) && isInBounds(to) && from < to) return { from, to, name: null };
  }
  const name = params.range && isRangeName(params.range) ? params.range : DEFAULT_RANGE;
  return { from: new Date(now.getTime() - RANGE_MS[name]), to: now, name };
}

/** Whether a range may end there: 1970 to 2099. Buckets of ten thousand years would keep a process busy for minutes. */
export const isInBounds = (time: Date): boolean => time.getTime() >= 0 && time.getTime() < Date.UTC(2100);

/** The period of the same length just before. */
export function previousRange(range: TimeRange): TimeRange {
  return { from: new Date(2 * range.from.getTime() - range.to.getTime()), to: range.from };
}

/** Bucket width for a chart of this range: hours up to three days, six hours up to two weeks, else days. Milliseconds. */
export function bucketMs(range: TimeRange): number {
  const length = range.to.getTime() - range.from.getTime();
  if (length <= 3 * DAY_MS) return HOUR_MS;
  if (length <= 14 * DAY_MS) return 6 * HOUR_MS;
  return DAY_MS;
}

/** Start of the hour, UTC. */
export const floorHour = (time: Date): Date => new Date(Math.floor(time.getTime() / HOUR_MS) * HOUR_MS);

/** `3 h 12 min`, `45 s`, `2 d 4 h`: the two largest units. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (parts.length > 0) {
      // Only the next smaller unit says more: beside days, minutes are noise.
      if (count > 0) parts.push(`${count} ${unit}`);
      break;
    }
    if (count > 0 || unit === 's') parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.join(' ');
}
