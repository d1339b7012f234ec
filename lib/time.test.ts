import { describe, expect, test } from 'vitest';
import { bucketMs, DAY_MS, formatDuration, HOUR_MS, parseRange, previousRange } from './time';

const now = new Date('2026-05-10T12:00:00Z');

describe('parseRange', () => {
  test.each([
    ['a named range ends now', { range: '24h' }, '2026-05-09T12:00:00.000Z', '24h'],
    [
      'instants win over the name',
      { range: '24h', from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z' },
      '2026-05-01T00:00:00.000Z',
      null,
    ],
    [
      'an end before its start falls back to the default',
      { from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' },
      '2026-04-26T12:00:00.000Z',
      '14d',
    ],
    ['nonsense falls back to the default', { range: 'forever', from: 'soon' }, '2026-04-26T12:00:00.000Z', '14d'],
    ['so do ten thousand years', { from: '0001-01-01', to: '9999-12-31' }, '2026-04-26T12:00:00.000Z', '14d'],
  ])('%s', (_, params, from, name) => {
    const range = parseRange(params, now);
    expect([range.from.toISOString(), range.name]).toEqual([from, name]);
  });
});

test('the previous range ends where this one starts and is as long', () => {
  const range = parseRange({ range: '7d' }, now);
  const before = previousRange(range);
  expect(before.to).toEqual(range.from);
  expect(before.to.getTime() - before.from.getTime()).toBe(7 * DAY_MS);
});

test.each([
  [1, HOUR_MS],
  [3, HOUR_MS],
  [14, 6 * HOUR_MS],
  [90, DAY_MS],
])('%i days are drawn in buckets of %i ms', (days, expected) => {
  expect(bucketMs({ from: new Date(now.getTime() - days * DAY_MS), to: now })).toBe(expected);
});

test.each([
  [0, '0 s'],
  [59_499, '59 s'],
  [11_520_000, '3 h 12 min'],
  [2 * DAY_MS + 4 * HOUR_MS, '2 d 4 h'],
  [DAY_MS, '1 d'],
  [25 * DAY_MS + 36 * 60_000, '25 d'],
])('%i ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
