import { describe, expect, it } from 'vitest';
import { changeRatio, formatPercent, formatRelative, formatShort, formatUtc } from './format';

describe('short numbers', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1k'],
    [12_431, '12.4k'],
    [124_310, '124k'],
    [999_949, '1M'],
    [999_400, '999k'],
    [3_040_000, '3M'],
    [2_500_000_000, '2.5B'],
    [-1500, '-1.5k'],
    [0.125, '0.13'],
  ])('%d reads %s', (value, text) => {
    expect(formatShort(value)).toBe(text);
  });
});

describe('percentages', () => {
  it('never round to all or nothing when they are not', () => {
    expect(formatPercent(0.996)).toBe('99.6%');
    expect(formatPercent(0.004)).toBe('0.4%');
    expect(formatPercent(1)).toBe('100%');
    expect(formatPercent(0.934)).toBe('93%');
  });
});

describe('relative times', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  it.each([
    [3_000, 'now'],
    [45_000, '45 s ago'],
    [4 * 60_000, '4 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [12 * 86_400_000, '12 d ago'],
    [100 * 86_400_000, '3 mo ago'],
    [800 * 86_400_000, '2 y ago'],
    [-2 * 3_600_000, 'in 2 h'],
  ])('%d ms back reads %s', (distance, text) => {
    expect(formatRelative(now - distance, now)).toBe(text);
  });

  it('come with the exact time in UTC', () => {
    expect(formatUtc(now)).toBe('2026-11-21 12:00:00 UTC');
  });
});

it('a change against nothing is not a number', () => {
  expect(changeRatio(5, 0)).toBeNull();
  expect(changeRatio(5, null)).toBeNull();
  expect(changeRatio(5, 4)).toBe(0.25);
});
