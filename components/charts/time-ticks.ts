import { DAY_MS, HOUR_MS } from '@/lib/time';

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
