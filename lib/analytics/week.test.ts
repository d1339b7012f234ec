import { describe, expect, it } from 'vitest';
import { readWeek } from './week';

const now = new Date('2026-05-20T12:00:00Z');

describe('a week of the report', () => {
  it('is the last one that is over unless one is named', () => {
    const week = readWeek(undefined, 'UTC', now);
    expect(week).toMatchObject({ name: '2026-W20', previous: '2026-W19', next: '2026-W21' });
    expect(week.range.from.toISOString()).toBe('2026-05-11T00:00:00.000Z');
    expect(week.range.to.toISOString()).toBe('2026-05-18T00:00:00.000Z');
  });

  it('ends now while it lasts, and has none after it', () => {
    const week = readWeek('2026-W21', 'UTC', now);
    expect([week.range.to, week.next]).toEqual([now, null]);
  });

  it('begins on Monday morning where the viewer is', () => {
    expect(readWeek('2026-W20', 'Asia/Tokyo', now).range.from.toISOString()).toBe('2026-05-10T15:00:00.000Z');
  });

  it('may belong to another year than its days', () => {
    const week = readWeek('2026-W01', 'UTC', now);
    expect([week.range.from.toISOString().slice(0, 10), week.previous]).toEqual(['2025-12-29', '2025-W52']);
  });

  it.each(['2026-W60', '2026-W00', 'next', '2031-W01', ''])('%s falls back to the last one that is over', (name) => {
    expect(readWeek(name, 'UTC', now).name).toBe('2026-W20');
  });
});
