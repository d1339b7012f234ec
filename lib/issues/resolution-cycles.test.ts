import { expect, test } from 'vitest';
import { type HistoryLine, resolutionCycles } from './resolution-cycles';

const line = (day: number, kind: string, data: Record<string, unknown> = {}): HistoryLine => ({
  kind,
  at: new Date(Date.UTC(2026, 4, day)),
  actor: 'Ada',
  data,
});

test('pairs each resolution with the regression that ended it, newest first', () => {
  const cycles = resolutionCycles([
    line(1, 'resolved', { mode: 'now' }),
    line(3, 'regressed', { release: '1.1' }),
    line(4, 'resolved', { mode: 'release', release: '1.2' }),
  ]);
  expect(cycles).toMatchObject([
    { resolved_at: '2026-05-04T00:00:00.000Z', release: '1.2', regressed_at: null },
    { resolved_at: '2026-05-01T00:00:00.000Z', regressed_at: '2026-05-03T00:00:00.000Z', regressed_release: '1.1' },
  ]);
});

test.each([
  ['undone', [line(1, 'resolved'), line(1, 'undone', { undid: 'resolved' })]],
  ['reopened by hand', [line(1, 'resolved'), line(2, 'reopened')]],
])('a resolution that was %s does not count', (_name, history) => {
  expect(resolutionCycles(history)).toEqual([]);
});

test('resolving anew replaces the resolution before', () => {
  expect(resolutionCycles([line(1, 'resolved'), line(2, 'resolved', { release: '2.0' })])).toHaveLength(1);
});

test('a regression that is itself undone leaves what came before it', () => {
  const cycles = resolutionCycles([line(1, 'resolved'), line(2, 'regressed'), line(3, 'undone', { undid: 'muted' })]);
  expect(cycles).toHaveLength(1);
});
