import { expect, it } from 'vitest';
import { chartLink, slugOf } from './chart-export';

const now = new Date('2026-05-20T12:00:00Z');

it('a link to a chart keeps the period that was looked at', () => {
  expect(chartLink('https://errata.example/trends?range=24h&project=shop', 'Events over time', now)).toBe(
    'https://errata.example/trends?project=shop&from=2026-05-19T12%3A00%3A00.000Z&to=2026-05-20T12%3A00%3A00.000Z#events-over-time',
  );
});

it('a period that is already fixed stays', () => {
  const link = new URL(chartLink('https://errata.example/?from=2026-05-01T00:00:00Z', 'By service', now));
  expect([link.searchParams.get('from'), link.hash]).toEqual(['2026-05-01T00:00:00.000Z', '#by-service']);
});

it('anchors are made of letters, digits and hyphens', () => {
  expect(slugOf('Hour × weekday (events)')).toBe('hour-weekday-events');
});
