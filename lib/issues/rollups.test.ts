import { describe, expect, test } from 'vitest';
import { Values } from './issue-conditions';
import { BLOCK_EPOCH, coverEdges, cutDays, rollupRows } from './rollups';

const at = (text: string) => new Date(`2026-${text}:00Z`);
const told = (edges: string[], folded = BLOCK_EPOCH) => {
  const stretches = coverEdges(edges.map(at), folded);
  const tell = (wanted: string) =>
    stretches
      .filter(({ unit }) => unit === wanted)
      .map(({ from, to }) => `${from.toISOString().slice(5, 13)}–${to.toISOString().slice(5, 13)}`);
  return { weeks28: tell('weeks28'), weeks7: tell('weeks7'), days: tell('days'), hours: tell('hours') };
};

describe('what a range is read in', () => {
  test('whole days in the middle, hours at the ends', () => {
    expect(told(['05-01T10:00', '05-04T06:00'])).toMatchObject({
      days: ['05-02T00–05-04T00'],
      hours: ['05-01T10–05-02T00', '05-04T00–05-04T06'],
    });
  });

  test('a day that an edge cuts is told in hours', () => {
    expect(told(['05-01T00:00', '05-02T12:00', '05-04T00:00'])).toMatchObject({
      days: ['05-01T00–05-02T00', '05-03T00–05-04T00'],
      hours: ['05-02T00–05-03T00'],
    });
  });

  test('edges at midnight leave one stretch of days', () => {
    expect(told(['05-01T00:00', '05-02T00:00', '05-03T00:00']).days).toEqual(['05-01T00–05-03T00']);
  });

  test('weeks and fours of weeks are read as far as they are folded', () => {
    expect(told(['01-01T00:00', '05-04T00:00'], at('04-20T00:00'))).toEqual({
      weeks28: ['01-19T00–04-13T00'],
      weeks7: ['01-05T00–01-19T00', '04-13T00–04-20T00'],
      days: ['01-01T00–01-05T00', '04-20T00–05-04T00'],
      hours: [],
    });
  });

  test('nothing is counted twice or left out, whatever the edges', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const hour = (step: number) => new Date(Date.UTC(2026, 0, 1) + ((seed * 7919 * step) % 4000) * 3_600_000);
      const edges = [1, 2, 3, 4].map(hour).sort((a, b) => a.getTime() - b.getTime());
      const all = coverEdges(edges, new Date(BLOCK_EPOCH.getTime() + (2900 + (seed % 40)) * 7 * 86_400_000));
      const length = all.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
      expect(length).toBe((edges.at(-1) as Date).getTime() - (edges[0] as Date).getTime());
      for (let i = 1; i < all.length; i++) expect(all[i]?.from.getTime()).toBe(all[i - 1]?.to.getTime());
    }
  });

  test('many short stretches are read as hours at once', () => {
    const edges = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2026, 4, 1, 18 * i)));
    expect(rollupRows('issue', edges, new Values())).not.toContain('issue_day');
  });
});

describe('days that the midnight of another zone cuts', () => {
  const midnights = (hour: number) => Array.from({ length: 4 }, (_, i) => new Date(Date.UTC(2026, 4, 1 + i, hour)));
  const cuts = (hour: number) =>
    cutDays(midnights(hour))?.cuts.map(({ lesser, home }) =>
      [lesser.from, lesser.to, home].map((time) => time.toISOString().slice(8, 13)).join(' '),
    );

  test('east of Greenwich the evening is put into the day after', () => {
    expect(cuts(22)).toEqual(['02T22 03T00 02T00', '03T22 04T00 03T00']);
  });

  test('west of Greenwich the early morning is put into the day before', () => {
    expect(cuts(5)).toEqual(['02T00 02T05 02T23', '03T00 03T05 03T23']);
  });

  test('buckets narrower than a day cut it more than once', () => {
    const edges = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2026, 4, 1, 6 * i)));
    expect(cutDays(edges)).toBeNull();
  });

  test('a zone that is UTC cuts none', () => {
    expect(cutDays(midnights(0))).toBeNull();
  });
});
