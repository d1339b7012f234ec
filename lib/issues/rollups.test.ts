import { describe, expect, test } from 'vitest';
import { Values } from './issue-conditions';
import { coverWithDays, rollupRows } from './rollups';

const at = (text: string) => new Date(`2026-${text}:00Z`);
const told = (edges: string[]) => {
  const { days, hours } = coverWithDays(edges.map(at));
  const tell = (ranges: { from: Date; to: Date }[]) =>
    ranges.map(({ from, to }) => `${from.toISOString().slice(5, 13)}–${to.toISOString().slice(5, 13)}`);
  return { days: tell(days), hours: tell(hours) };
};

describe('days and hours of a range', () => {
  test('whole days in the middle, hours at the ends', () => {
    expect(told(['05-01T10:00', '05-04T06:00'])).toEqual({
      days: ['05-02T00–05-04T00'],
      hours: ['05-01T10–05-02T00', '05-04T00–05-04T06'],
    });
  });

  test('a day that an edge cuts is told in hours', () => {
    expect(told(['05-01T00:00', '05-02T12:00', '05-04T00:00'])).toEqual({
      days: ['05-01T00–05-02T00', '05-03T00–05-04T00'],
      hours: ['05-02T00–05-03T00'],
    });
  });

  test('edges at midnight leave one stretch of days', () => {
    expect(told(['05-01T00:00', '05-02T00:00', '05-03T00:00']).days).toEqual(['05-01T00–05-03T00']);
  });

  test('buckets of another zone are hours throughout', () => {
    expect(told(['05-01T22:00', '05-02T22:00', '05-03T22:00'])).toEqual({ days: [], hours: ['05-01T22–05-03T22'] });
  });

  test('nothing is counted twice or left out, whatever the edges', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const edges = [0, 1, 2, 3].map(
        (i) => new Date(Date.UTC(2026, 4, 1) + ((seed * 7919 * (i + 1)) % 400) * 3_600_000),
      );
      edges.sort((a, b) => a.getTime() - b.getTime());
      const { days, hours } = coverWithDays(edges);
      const all = [...days, ...hours].sort((a, b) => a.from.getTime() - b.from.getTime());
      const length = all.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
      expect(length).toBe((edges.at(-1) as Date).getTime() - (edges[0] as Date).getTime());
      for (let i = 1; i < all.length; i++) expect(all[i]?.from.getTime()).toBe(all[i - 1]?.to.getTime());
    }
  });

  test('many short stretches are read as hours at once', () => {
    const edges = Array.from({ length: 20 }, (_, i) => new Date(Date.UTC(2026, 4, 1 + 3 * i, 22)));
    expect(rollupRows('issue', edges, new Values())).not.toContain('issue_day');
  });
});
