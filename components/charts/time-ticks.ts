import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/time';

const HOUR_STEPS = [1, 2, 3, 6, 12];
const DAY_STEPS = [1, 2, 3, 7, 14, 28];

/** How many labels a chart of this width bears without crowding. */
export const ticksThatFit = (width: number): number => Math.max(2, Math.floor(width / 84));

/**
 * The buckets that get a label: full hours up to two days, then whole days, so that no label repeats and all are the same
 * distance apart. `offsetMs` is the viewer's distance from UTC. Buckets of a day or more are labelled by their place: a
 * day of theirs may have 23 hours.
 */
export function timeTicks(starts: readonly number[], bucketMs: number, most: number, offsetMs: number): number[] {
  const length = starts.length * bucketMs;
  if (bucketMs >= DAY_MS - HOUR_MS) {
    const every = Math.ceil(starts.length / most);
    return starts.filter((_, index) => index % every === 0);
  }
  const unit = length <= 2 * DAY_MS ? HOUR_MS : DAY_MS;
  const steps = unit === HOUR_MS ? HOUR_STEPS : DAY_STEPS;
  const step = (steps.find((each) => length / (each * unit) <= most) ?? steps[steps.length - 1]!) * unit;
  return starts.filter((start, index) => {
    const slot = Math.floor((start + offsetMs) / step);
    // The first bucket of a slot; of the first slot only when it begins there.
    return index === 0 ? (start + offsetMs) % step === 0 : slot !== Math.floor((starts[index - 1]! + offsetMs) / step);
  });
}

const DURATION_STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 100, 200, 500, 1000];

/** Three to five marks of a scale of durations from zero, in whole units that a person would choose. Milliseconds. */
export function durationTicks(highest: number): number[] {
  const unit = [DAY_MS, HOUR_MS, MINUTE_MS].find((each) => highest >= 2 * each) ?? 1000;
  const needed = Math.max(highest, unit) / unit / 4;
  const step = (DURATION_STEPS.find((each) => each >= needed) ?? Math.ceil(needed)) * unit;
  return Array.from({ length: Math.max(1, Math.ceil(highest / step)) + 1 }, (_, index) => index * step);
}
