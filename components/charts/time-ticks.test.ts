import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '@/lib/time';
import { durationTicks, timeTicks } from './time-ticks';

const from = Date.UTC(2026, 10, 14, 5);
const buckets = (count: number, width: number, start = from) =>
  Array.from({ length: count }, (_, i) => start + i * width);
const iso = (times: number[]) => times.map((time) => new Date(time).toISOString().slice(5, 16));

describe('labels of a time axis', () => {
  it('stand at the first bucket of each day, once', () => {
    expect(iso(timeTicks(buckets(16, 6 * HOUR_MS), 6 * HOUR_MS, 8, 0))).toEqual([
      '11-15T05:00',
      '11-16T05:00',
      '11-17T05:00',
    ]);
  });

  it('follow the days of the viewer', () => {
    const ticks = timeTicks(buckets(96, HOUR_MS), HOUR_MS, 8, 9 * HOUR_MS);
    expect(iso(ticks)).toEqual(['11-14T15:00', '11-15T15:00', '11-16T15:00', '11-17T15:00']);
  });

  it('are hours on a short chart, thinned to what fits', () => {
    expect(iso(timeTicks(buckets(24, HOUR_MS), HOUR_MS, 5, 0))).toEqual([
      '11-14T06:00',
      '11-14T12:00',
      '11-14T18:00',
      '11-15T00:00',
    ]);
  });

  it('never are more than fit, by much', () => {
    for (const days of [3, 10, 40, 90]) {
      expect(timeTicks(buckets(days, DAY_MS, Date.UTC(2026, 0, 1)), DAY_MS, 7, 0).length).toBeLessThanOrEqual(8);
    }
  });
});

describe('marks of a scale of durations', () => {
  it.each([
    [29.5 * DAY_MS, [0, 10, 20, 30].map((days) => days * DAY_MS)],
    [7 * HOUR_MS, [0, 2, 4, 6, 8].map((hours) => hours * HOUR_MS)],
    [0, [0, 1000]],
  ])('%d ms', (highest, marks) => {
    expect(durationTicks(highest)).toEqual(marks);
  });
});
