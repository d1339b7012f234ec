import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../time';
import { baselineRate, fixVerdict, HABIT_MS, habitOf, occasionsOf, openStretch, type WatchedFix } from './fix-verdict';

const now = new Date('2026-06-30T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const fix = (over: Partial<WatchedFix> & { quietMs: number }): WatchedFix => ({
  appliedAt: ago(over.quietMs),
  quietSince: ago(over.quietMs),
  rate: 1,
  habit: { occasions: 168, hours: 168 },
  recurred: false,
  ...over,
});

describe('fixVerdict', () => {
  it.each<[string, WatchedFix, string]>([
    ['watches a fix for a day, however busy the issue was', fix({ quietMs: 23 * HOUR_MS, rate: 100 }), 'watching'],
    ['holds after a quiet day where 4.6 were due', fix({ quietMs: 24 * HOUR_MS, rate: 4.6 / 24 }), 'held'],
    ['goes on watching where fewer were due', fix({ quietMs: 24 * HOUR_MS, rate: 4.5 / 24 }), 'watching'],
    [
      'holds a rare issue after a longer quiet',
      fix({ quietMs: 20 * DAY_MS, rate: 0.02, habit: { occasions: 4, hours: 168 } }),
      'held',
    ],
    [
      'holds a rare issue sooner that was open, and came, for four weeks',
      fix({ quietMs: 10 * DAY_MS, rate: 0.02, habit: { occasions: 16, hours: 28 * 24 } }),
      'held',
    ],
    [
      'does not trust a rate that was seen only twice',
      fix({ quietMs: 10 * DAY_MS, rate: 0.02, habit: { occasions: 2, hours: 168 } }),
      'watching',
    ],
    ['calls a month without enough traffic inconclusive', fix({ quietMs: 30 * DAY_MS, rate: 0.001 }), 'inconclusive'],
    ['calls an event that counts a recurrence', fix({ quietMs: 40 * DAY_MS, recurred: true }), 'recurred'],
    ['counts bursts once', fix({ quietMs: 9 * DAY_MS, rate: 50, habit: { occasions: 1, hours: 168 } }), 'watching'],
    [
      'starts counting anew after an event on an issue that stayed open',
      fix({ quietMs: 2 * HOUR_MS, appliedAt: ago(5 * DAY_MS) }),
      'watching',
    ],
    [
      'gives up on an issue that keeps coming for a month',
      fix({ quietMs: HOUR_MS, appliedAt: ago(31 * DAY_MS) }),
      'inconclusive',
    ],
    ['never takes no traffic for success', fix({ quietMs: 20 * DAY_MS, rate: 0 }), 'watching'],
  ])('%s', (_, watched, verdict) => {
    expect(fixVerdict(watched, now).verdict).toBe(verdict);
  });

  it('says how many were expected', () => {
    expect(fixVerdict(fix({ quietMs: 10 * HOUR_MS, rate: 2 }), now).expected).toBeCloseTo(20);
  });
});

describe('occasions', () => {
  it.each<[string, number[], number]>([
    ['nothing', [], 0],
    ['hours apart', [1, 5, 9], 3],
    ['a burst across the turn of the hour', [4, 5], 1],
    ['steady traffic', [1, 2, 3, 4, 5, 6], 5],
    ['both, in any order', [9, 2, 1, 8, 7, 20], 4],
  ])('of %s', (_, hours, expected) => {
    expect(occasionsOf(hours.map((hour) => new Date(hour * HOUR_MS)))).toBe(expected);
  });
});

describe('the baseline', () => {
  it('spreads what came within less than a day over a day', () => {
    expect(baselineRate({ events: 48, from: ago(HOUR_MS), until: now })).toBe(2);
  });

  it('reaches back to the first event, the last opening, or seven days, whichever is latest', () => {
    const open = { firstSeen: ago(20 * DAY_MS), resolvedAt: null, openedAt: null };
    expect(openStretch(open, now).from).toEqual(ago(7 * DAY_MS));
    expect(openStretch({ ...open, openedAt: ago(2 * DAY_MS) }, now).from).toEqual(ago(2 * DAY_MS));
    expect(openStretch({ ...open, firstSeen: ago(HOUR_MS) }, now).from).toEqual(ago(HOUR_MS));
  });

  it('ends where the issue was resolved', () => {
    const resolvedAt = ago(3 * DAY_MS);
    expect(openStretch({ firstSeen: ago(20 * DAY_MS), resolvedAt, openedAt: null }, now)).toEqual({
      from: ago(10 * DAY_MS),
      until: resolvedAt,
      began: false,
    });
  });

  it('looks four weeks back for the habit, and leaves out the occasion with which a shorter time began', () => {
    const hour = (days: number) => new Date(Math.floor((now.getTime() - days * DAY_MS) / HOUR_MS) * HOUR_MS);
    const hours = [hour(40), hour(20), hour(9), hour(2)];
    const old = openStretch({ firstSeen: ago(40 * DAY_MS), resolvedAt: null, openedAt: null }, now, HABIT_MS);
    expect(habitOf(hours, old)).toEqual({ occasions: 3, hours: 28 * 24 });
    const young = openStretch({ firstSeen: ago(20 * DAY_MS), resolvedAt: null, openedAt: null }, now, HABIT_MS);
    expect(habitOf(hours, young)).toEqual({ occasions: 2, hours: 20 * 24 });
  });
});
