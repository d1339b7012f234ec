import { DAY_MS, HOUR_MS } from '../time';

export const BUCKET_MS = 6 * HOUR_MS;
const BEFORE_MS = 7 * DAY_MS;
const AFTER_MS = 14 * DAY_MS;
/** So that what disproved a fix is seen to go on. */
const BEYOND_VERDICT_MS = 2 * DAY_MS;

/**
 * From when to when a fix is drawn: a week before it, and up to two weeks after or to where its verdict was given, on the
 * grid of the buckets.
 */
export function fixWindow(appliedAt: Date, now: Date, verdictAt: Date | null = null): { from: Date; to: Date } {
  const floor = (ms: number) => Math.floor(ms / BUCKET_MS) * BUCKET_MS;
  const from = floor(appliedAt.getTime() - BEFORE_MS);
  const verdict = verdictAt ? floor(verdictAt.getTime() + BEYOND_VERDICT_MS) : 0;
  const to = Math.min(floor(now.getTime()) + BUCKET_MS, Math.max(floor(appliedAt.getTime()) + AFTER_MS, verdict));
  return { from: new Date(from), to: new Date(Math.max(to, from + BEFORE_MS + BUCKET_MS)) };
}

/** Hours with events as buckets, empty ones included. */
export function fixPoints(
  hours: readonly { hour: Date; count: number }[],
  { from, to }: { from: Date; to: Date },
  appliedAt: Date,
): { at: string; events: number; after: boolean }[] {
  const buckets = Math.round((to.getTime() - from.getTime()) / BUCKET_MS);
  const counts = Array.from({ length: buckets }, () => 0);
  for (const { hour, count } of hours) {
    const bucket = Math.floor((hour.getTime() - from.getTime()) / BUCKET_MS);
    if (bucket >= 0 && bucket < buckets) counts[bucket] = (counts[bucket] ?? 0) + count;
  }
  return counts.map((events, bucket) => {
    const at = from.getTime() + bucket * BUCKET_MS;
    return { at: new Date(at).toISOString(), events, after: at >= appliedAt.getTime() };
  });
}
