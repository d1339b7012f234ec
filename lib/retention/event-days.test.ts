import { expect, it } from 'vitest';
import { eventDays } from './event-days';

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
