import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../time';
import { bucketStarts, bucketStartsBefore, scopeQuerySchema, toScope } from './analytics-scope';

const now = new Date('2026-05-20T12:30:00Z');

test('the default is fourteen days in steps of six hours', () => {
  const scope = toScope({}, now);
  expect(scope.intervalMs).toBe(6 * HOUR_MS);
  expect(scope.range).toMatchObject({ from: new Date(now.getTime() - 14 * DAY_MS), to: now });
  expect(bucketStarts(scope)).toHaveLength(57);
});

test('a bucket too fine for its range grows', () => {
  const scope = toScope({ from: '2024-01-01', to: '2026-01-01', interval: 'hour' }, now);
  expect(scope.intervalMs).toBe(DAY_MS);
  expect(bucketStarts(scope).length).toBeLessThanOrEqual(2000);
});

test('a range has an end, so that its buckets have', () => {
  expect(scopeQuerySchema.safeParse({ from: '0001-01-01', to: '2026-01-01' }).success).toBe(false);
  expect(scopeQuerySchema.safeParse({ from: '2026-01-01', to: '9999-12-31' }).success).toBe(false);
  const widest = scopeQuerySchema.parse({ from: '1970-01-01', to: '2099-12-31', interval: 'hour' });
  expect(bucketStarts(toScope(widest, now)).length).toBeLessThan(7000);
});

test('buckets lie on the grid and cover the range', () => {
  const scope = toScope({ from: '2026-05-19T10:20:00Z', to: '2026-05-19T12:05:00Z' }, now);
  expect(bucketStarts(scope).map((d) => d.toISOString())).toEqual([
    '2026-05-19T10:00:00.000Z',
    '2026-05-19T11:00:00.000Z',
    '2026-05-19T12:00:00.000Z',
  ]);
});

test('a range that ends before it begins is refused by the name of its field', () => {
  expect(() => toScope({ from: '2026-05-20', to: '2026-05-19' }, now)).toThrow(/from/);
});

test('days are those of the zone that was asked for, of 23 hours where the clocks go forward', () => {
  const scope = toScope({ from: '2026-03-27', to: '2026-03-31', interval: 'day', zone: 'Europe/Berlin' }, now);
  expect(bucketStarts(scope).map((d) => d.toISOString())).toEqual([
    '2026-03-26T23:00:00.000Z',
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T22:00:00.000Z',
  ]);
});

test('weeks begin on Monday', () => {
  const scope = toScope({ from: '2026-05-07', to: '2026-05-20', interval: 'week' }, now);
  expect(bucketStarts(scope).map((d) => d.toISOString().slice(0, 10))).toEqual([
    '2026-05-04',
    '2026-05-11',
    '2026-05-18',
  ]);
});

test('the period before has as many buckets and ends where the range begins', () => {
  const scope = toScope({ from: '2026-05-18', to: '2026-05-20', interval: 'day' }, now);
  expect(bucketStartsBefore(scope, 2).map((d) => d.toISOString().slice(0, 10))).toEqual(['2026-05-16', '2026-05-17']);
});

test('a zone that does not exist is refused', () => {
  expect(scopeQuerySchema.safeParse({ zone: 'Mars/Olympus' }).success).toBe(false);
  expect(scopeQuerySchema.safeParse({ zone: 'Asia/Tokyo' }).success).toBe(true);
});
