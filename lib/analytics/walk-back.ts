/**
 * The level of something at the end of each bucket, and at the start of the first, from its level now and the changes by
 * bucket; those in later buckets (a range that ends before now) are taken off first.
 */
export function walkBack(
  now: number,
  buckets: number,
  changes: readonly { bucket: number; change: number }[],
): { start: number; ends: number[] } {
  const byBucket = new Map<number, number>();
  for (const { bucket, change } of changes) {
    const at = Math.min(bucket, buckets);
    byBucket.set(at, (byBucket.get(at) ?? 0) + change);
  }
  let level = now - (byBucket.get(buckets) ?? 0);
  const ends = new Array<number>(buckets);
  for (let i = buckets - 1; i >= 0; i--) {
    ends[i] = level;
    level -= byBucket.get(i) ?? 0;
  }
  return { start: level, ends };
}
