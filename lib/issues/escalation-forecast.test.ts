import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../time';
import { decideEscalation, forecastLimit, type WatchedIssue } from './escalation-forecast';

const week = (count: (hour: number) => number): number[] => Array.from({ length: 168 }, (_, hour) => count(hour));

describe('the limit of an issue', () => {
  const cases: [string, number[], number][] = [
    ['nothing at all gives no limit', week(() => 0), 0],
    ['under a week: ten times the largest hour', [3, 0, 7, 1], 70],
    ['one hour short of a week is still young', week(() => 2).slice(1), 20],
    // Without variance: 4 + 5 · 4, which is more than 5 · 4.
    ['a steady week: six times the mean', week(() => 4), 24],
    // mean 2, σ 2, cv 1: spike near 2 + 6 · 2, bursty 4 · 5 · e^(−0.65) = 10.44.
    ['on and off: the spike limit is the larger', week((hour) => (hour % 2 ? 4 : 0)), 14],
    // mean 1/168, cv = √167 = 12.9: 5·e^(−8.4) is raised to 2.
    ['one spike in a quiet week: twice the spike', week((hour) => (hour === 80 ? 500 : 0)), 1000],
  ];
  it.each(cases)('%s', (_, hours, limit) => {
    expect(forecastLimit(hours)).toBeCloseTo(limit, 1);
  });

  it('looks at the latest week only', () => {
    expect(forecastLimit([...week(() => 900), ...week(() => 4)])).toBeCloseTo(24);
  });

  it('is higher for a load that grows than for the same hours falling', () => {
    const growing = week((hour) => 20 + Math.floor(hour / 24));
    expect(forecastLimit(growing)).toBeGreaterThan(forecastLimit([...growing].reverse()));
    expect(forecastLimit(growing)).toBeGreaterThan(5 * 26);
  });
});

describe('what becomes of an issue', () => {
  const now = new Date('2026-05-20T12:30:00Z');
  const hour = (back: number): number => Date.parse('2026-05-20T12:00:00Z') - back * HOUR_MS;
  const steady = (each: number, more: Record<number, number> = {}): Map<number, number> =>
    new Map(Array.from({ length: 200 }, (_, back) => [hour(back), more[back] ?? each]));
  const issue = (fields: Partial<WatchedIssue>): WatchedIssue => ({
    status: 'ongoing',
    muteRule: null,
    firstSeen: new Date(now.getTime() - 60 * DAY_MS),
    statusChangedAt: new Date(now.getTime() - 50 * DAY_MS),
    counts: steady(4),
    exceeded: null,
    ...fields,
  });
  const muted = { status: 'muted', muteRule: { kind: 'until_escalating' } } as const;
  const ago = (ms: number) => new Date(now.getTime() - ms);

  const cases: [string, Partial<WatchedIssue>, 'escalate' | 'deescalate' | null][] = [
    ['its usual rate changes nothing', {}, null],
    ['up to the limit changes nothing', { counts: steady(4, { 0: 24 }) }, null],
    ['over the limit in this hour escalates', { counts: steady(4, { 0: 25 }) }, 'escalate'],
    ['over the limit in the hour before escalates', { counts: steady(4, { 1: 25 }) }, 'escalate'],
    ['a rise of two hours ago is over', { counts: steady(4, { 2: 25 }) }, null],
    ['ten events after silence are no escalation', { counts: new Map([[hour(0), 10]]) }, null],
    ['eleven events after silence are one', { counts: new Map([[hour(0), 11]]) }, 'escalate'],
    [
      'a new issue has no limit in its first hour',
      { firstSeen: ago(HOUR_MS / 4), counts: new Map([[hour(0), 900]]) },
      null,
    ],
    ['nor in its second', { firstSeen: ago(HOUR_MS), counts: steady(2, { 0: 900 }) }, null],
    [
      'a new issue escalates over ten times its largest hour',
      {
        status: 'new',
        firstSeen: ago(3 * HOUR_MS),
        counts: new Map([
          [hour(3), 2],
          [hour(0), 21],
        ]),
      },
      'escalate',
    ],
    ['muted until it escalates: it does', { ...muted, counts: steady(4, { 0: 25 }) }, 'escalate'],
    [
      'what came before it was muted does not wake anybody',
      { ...muted, statusChangedAt: ago(HOUR_MS / 4), counts: steady(4, { 0: 900 }) },
      null,
    ],
    [
      'muted for ever stays muted',
      { status: 'muted', muteRule: { kind: 'forever' }, counts: steady(4, { 0: 900 }) },
      null,
    ],
    ['resolved stays resolved', { status: 'resolved', counts: steady(4, { 0: 900 }) }, null],
    ['regressed stays regressed', { status: 'regressed', counts: steady(4, { 0: 900 }) }, null],
    ['escalating stays so for a day', { status: 'escalating', statusChangedAt: ago(23 * HOUR_MS), exceeded: 24 }, null],
    [
      'a day under its limit ends it',
      { status: 'escalating', statusChangedAt: ago(26 * HOUR_MS), exceeded: 24, counts: steady(4, { 26: 90 }) },
      'deescalate',
    ],
    [
      'one hour over its limit within the day does not',
      { status: 'escalating', statusChangedAt: ago(40 * HOUR_MS), exceeded: 24, counts: steady(4, { 20: 25 }) },
      null,
    ],
    [
      'the rise does not become usual while it lasts',
      { status: 'escalating', statusChangedAt: ago(3 * DAY_MS), exceeded: 24, counts: steady(60) },
      null,
    ],
    [
      'after a week it has',
      { status: 'escalating', statusChangedAt: ago(7 * DAY_MS), exceeded: 24, counts: steady(60) },
      'deescalate',
    ],
    ['silence ends it', { status: 'escalating', statusChangedAt: ago(2 * DAY_MS), counts: new Map() }, 'deescalate'],
  ];
  it.each(cases)('%s', (_, fields, decision) => {
    expect(decideEscalation(issue(fields), now)?.type ?? null).toBe(decision);
  });

  it('says which hour went over which limit', () => {
    expect(decideEscalation(issue({ counts: steady(4, { 1: 40 }) }), now)).toEqual({
      type: 'escalate',
      limit: 24,
      count: 40,
      hour: new Date(hour(1)),
    });
  });
});
