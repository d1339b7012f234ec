import { expect, it } from 'vitest';
import { eventDays, expiredPartitions } from './event-days';

it('covers two days back to seven ahead, without a gap', () => {
  const days = eventDays(new Date('2026-12-30T23:59:59.999Z'));
  expect(days).toHaveLength(10);
  expect(days[0]).toEqual({
    partition: 'event_20261228',
    from: '2026-12-28T00:00:00.000Z',
    to: '2026-12-29T00:00:00.000Z',
  });
  expect(days.at(-1)?.partition).toBe('event_20270106');
  expect(days.slice(1).map((day) => day.from)).toEqual(days.slice(0, -1).map((day) => day.to));
});

it('calls a day expired once its last moment is, and leaves other tables alone', () => {
  const names = ['event_20261119', 'event_20261120', 'event_20261121', 'event_default', 'event_x', 'issue'];
  expect(expiredPartitions(names, new Date('2026-11-20T23:59:59.999Z'))).toEqual(['event_20261119']);
  expect(expiredPartitions(names, new Date('2026-11-21T00:00:00Z'))).toEqual(['event_20261119', 'event_20261120']);
});
