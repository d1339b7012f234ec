import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../time';
import { BUCKET_MS, fixPoints, fixWindow } from './fix-window';

const applied = new Date('2026-05-10T13:00:00Z');

it('draws a week before the fix and what there was since, two weeks at most', () => {
  const soon = fixWindow(applied, new Date(applied.getTime() + HOUR_MS));
  expect(soon.from.toISOString()).toBe('2026-05-03T12:00:00.000Z');
  expect(soon.to.getTime()).toBeGreaterThan(applied.getTime());
  const later = fixWindow(applied, new Date(applied.getTime() + 90 * DAY_MS));
  expect(later.to.getTime() - later.from.getTime()).toBe(21 * DAY_MS);
});

it('goes on to where a verdict was given later, so that what came back is drawn', () => {
  const recurred = new Date(applied.getTime() + 20 * DAY_MS);
  const window = fixWindow(applied, new Date(applied.getTime() + 90 * DAY_MS), recurred);
  expect(window.to.getTime()).toBeGreaterThan(recurred.getTime() + DAY_MS);
});

it('counts events into buckets on either side of the fix', () => {
  const window = fixWindow(applied, new Date(applied.getTime() + DAY_MS));
  const at = (ms: number) => new Date(Math.floor((applied.getTime() + ms) / HOUR_MS) * HOUR_MS);
  const points = fixPoints(
    [
      { hour: at(-2 * HOUR_MS), count: 3 },
      { hour: at(-3 * HOUR_MS), count: 4 },
      { hour: at(BUCKET_MS), count: 1 },
      { hour: at(-30 * DAY_MS), count: 99 },
    ],
    window,
    applied,
  );
  expect(points.reduce((sum, point) => sum + point.events, 0)).toBe(8);
  expect(points.filter((point) => point.events > 0).map((point) => [point.events, point.after])).toEqual([
    [7, false],
    [1, true],
  ]);
});
