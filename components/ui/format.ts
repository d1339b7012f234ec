/** How numbers and times read. Pure: now is an argument. */

const UNITS: readonly (readonly [size: number, suffix: string])[] = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** `950`, `12.4k`, `3M`: at most three digits and a suffix. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  for (const [unit, suffix] of UNITS) {
    // 999,600 would round to "1000k": it belongs to the next unit.
    if (size < unit * 0.9995) continue;
    const scaled = value / unit;
    const digits = Math.abs(scaled) < 99.95 ? 1 : 0;
    return `${Number(scaled.toFixed(digits))}${suffix}`;
  }
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(size < 10 ? 2 : 1)));
}

/** `12,431`: every digit, grouped. */
export const formatExact = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** `0.934` → `93%`; below 10 % and above 99 % with one decimal, so that 99.6 % does not read as all. */
export function formatPercent(ratio: number): string {
  const percent = ratio * 100;
  const digits = percent !== 0 && percent !== 100 && (Math.abs(percent) < 10 || Math.abs(percent) > 99) ? 1 : 0;
  return `${Number(percent.toFixed(digits))}%`;
}

const RELATIVE: readonly (readonly [limitSeconds: number, size: number, unit: string])[] = [
  [90, 1, 's'],
  [90 * 60, 60, 'min'],
  [36 * 3600, 3600, 'h'],
  [60 * 86_400, 86_400, 'd'],
  [24 * 30 * 86_400, 30 * 86_400, 'mo'],
  [Number.POSITIVE_INFINITY, 365 * 86_400, 'y'],
];

/** `now`, `4 min ago`, `in 3 h`, `12 d ago`. Milliseconds since the epoch. */
export function formatRelative(time: number, now: number): string {
  const seconds = (now - time) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 10) return 'now';
  const [, size, unit] = RELATIVE.find(([limit]) => distance < limit) ?? RELATIVE[RELATIVE.length - 1]!;
  const count = Math.round(distance / size);
  return seconds > 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
}

/** `2026-11-21 14:02:07 UTC`. */
export const formatUtc = (time: number): string => {
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
};

/** Change against the period before, as a ratio; null when there was nothing before. */
export const changeRatio = (value: number, before: number | null): number | null =>
  before === null || before === 0 ? null : (value - before) / before;
