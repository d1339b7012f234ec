import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../time';
import { type IssueState, type IssueStateEvent, nextIssueState, stateSnapshotSchema } from './issue-state';

const now = new Date('2026-05-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

const base: IssueState = {
  status: 'ongoing',
  firstSeen: ago(20 * DAY_MS),
  statusChangedAt: ago(10 * DAY_MS),
  resolvedAt: null,
  resolvedMode: null,
  resolvedRelease: null,
  muteRule: null,
  eventCount: 100,
};
const fresh: IssueState = { ...base, status: 'new', firstSeen: ago(2 * DAY_MS) };
const resolved: IssueState = { ...base, status: 'resolved', resolvedAt: ago(HOUR_MS), resolvedMode: 'now' };
const inRelease: IssueState = { ...resolved, resolvedMode: 'release', resolvedRelease: '1.5.0' };
const inNext: IssueState = { ...resolved, resolvedMode: 'next_release', resolvedRelease: '1.5.0' };
const inHash: IssueState = { ...inRelease, resolvedRelease: 'c0ffee1' };
const muted: IssueState = { ...base, status: 'muted', muteRule: { kind: 'forever' } };
const mutedCount: IssueState = { ...muted, muteRule: { kind: 'until_count', count: 10, from_count: 95 } };
const mutedRate: IssueState = { ...muted, muteRule: { kind: 'until_rate', count: 5, minutes: 10 } };
const mutedTime: IssueState = { ...muted, muteRule: { kind: 'until_time', until: ago(1).toISOString() } };
const mutedLater: IssueState = { ...muted, muteRule: { kind: 'until_time', until: ago(-DAY_MS).toISOString() } };
const mutedEscalating: IssueState = { ...muted, muteRule: { kind: 'until_escalating' } };

const occurrence = (more: Partial<Extract<IssueStateEvent, { type: 'occurrence' }>> = {}): IssueStateEvent => ({
  type: 'occurrence',
  time: now,
  release: null,
  count: 1,
  ...more,
});

const rows: [string, IssueState, IssueStateEvent, string, string[]][] = [
  ['an occurrence leaves an ongoing issue ongoing', base, occurrence(), 'ongoing', []],
  ['an occurrence after a resolution regresses', resolved, occurrence(), 'regressed', ['regressed']],
  [
    'an occurrence from before the resolution does not regress',
    resolved,
    occurrence({ time: ago(2 * HOUR_MS) }),
    'resolved',
    [],
  ],
  ['an occurrence of an older release does not regress', inRelease, occurrence({ release: '1.4.9' }), 'resolved', []],
  [
    'an occurrence of the resolving release regresses',
    inRelease,
    occurrence({ release: '1.5.0' }),
    'regressed',
    ['regressed'],
  ],
  ['an occurrence without a release regresses', inRelease, occurrence(), 'regressed', ['regressed']],
  [
    'resolved in the next release, the current one is expected',
    inNext,
    occurrence({ release: '1.5.0' }),
    'resolved',
    [],
  ],
  [
    'resolved in the next release, a newer one regresses',
    inNext,
    occurrence({ release: '1.5.1' }),
    'regressed',
    ['regressed'],
  ],
  [
    'releases without an order regress unless seen earlier',
    inHash,
    occurrence({ release: 'dead01' }),
    'regressed',
    ['regressed'],
  ],
  [
    'releases without an order do not regress when seen earlier',
    inHash,
    occurrence({ release: 'dead01', olderRelease: true }),
    'resolved',
    [],
  ],
  ['an occurrence leaves what is muted for ever muted', muted, occurrence({ count: 1e6 }), 'muted', []],
  ['fewer events than the mute allows leave it muted', mutedCount, occurrence({ count: 4 }), 'muted', []],
  ['enough events end a mute', mutedCount, occurrence({ count: 5 }), 'ongoing', ['unmuted']],
  ['a low rate leaves it muted', mutedRate, occurrence({ eventsInWindow: 4 }), 'muted', []],
  ['a high rate ends a mute', mutedRate, occurrence({ eventsInWindow: 5 }), 'ongoing', ['unmuted']],
  ['an occurrence after its time ends a mute', mutedTime, occurrence(), 'ongoing', ['unmuted']],
  ['resolve now', base, { type: 'resolve', mode: 'now' }, 'resolved', ['resolved']],
  ['resolve in a release', base, { type: 'resolve', mode: 'release', release: '2.0.0' }, 'resolved', ['resolved']],
  ['resolving again the same way changes nothing', resolved, { type: 'resolve', mode: 'now' }, 'resolved', []],
  ['a muted issue can be resolved', muted, { type: 'resolve', mode: 'now' }, 'resolved', ['resolved']],
  ['reopen an old one', resolved, { type: 'reopen' }, 'ongoing', ['reopened']],
  ['reopen a young one', { ...resolved, firstSeen: ago(DAY_MS) }, { type: 'reopen' }, 'new', ['reopened']],
  ['mute', base, { type: 'mute', rule: { kind: 'forever' } }, 'muted', ['muted']],
  ['unmute', muted, { type: 'unmute' }, 'ongoing', ['unmuted']],
  ['six days old is still new', { ...fresh, firstSeen: ago(6 * DAY_MS) }, { type: 'tick' }, 'new', []],
  ['seven days old is ongoing', { ...fresh, firstSeen: ago(7 * DAY_MS) }, { type: 'tick' }, 'ongoing', ['ongoing']],
  ['a tick ends a mute whose time is over', mutedTime, { type: 'tick' }, 'ongoing', ['unmuted']],
  ['a tick leaves a mute whose time is to come', mutedLater, { type: 'tick' }, 'muted', []],
  ['an ongoing issue escalates', base, { type: 'escalate' }, 'escalating', ['escalating']],
  ['muted until it escalates', mutedEscalating, { type: 'escalate' }, 'escalating', ['escalating']],
  ['calming down', { ...base, status: 'escalating' }, { type: 'deescalate' }, 'ongoing', ['ongoing']],
];

test.each(rows)('%s', (_name, state, event, status, kinds) => {
  const next = nextIssueState(state, event, now);
  if ('refused' in next) throw new Error(next.refused);
  expect(next.state.status).toBe(status);
  expect(next.turningPoints.map((t) => t.kind)).toEqual(kinds);
  // What the table in the database demands.
  expect(next.state.status === 'muted').toBe(next.state.muteRule !== null);
  expect(next.state.status === 'resolved').toBe(next.state.resolvedAt !== null);
});

test.each<[string, IssueState, IssueStateEvent]>([
  ['a resolved issue is not muted', resolved, { type: 'mute', rule: { kind: 'forever' } }],
  ['an open issue is not reopened', base, { type: 'reopen' }],
  ['an open issue is not unmuted', base, { type: 'unmute' }],
  ['a resolved issue does not escalate', resolved, { type: 'escalate' }],
  ['an issue muted for ever does not escalate', muted, { type: 'escalate' }],
  ['a quiet issue does not calm down', base, { type: 'deescalate' }],
  ['resolving in a release needs one', base, { type: 'resolve', mode: 'release' }],
  ['resolving in the next release needs a current one', base, { type: 'resolve', mode: 'next_release' }],
  [
    'a mute does not end before it begins',
    base,
    { type: 'mute', rule: { kind: 'until_time', until: ago(1).toISOString() } },
  ],
])('refused: %s', (_name, state, event) => {
  expect(nextIssueState(state, event, now)).toEqual({ refused: expect.any(String) });
});

test('an occurrence counts its events and moves the first sight back', () => {
  const next = nextIssueState(base, occurrence({ count: 7, time: ago(30 * DAY_MS) }), now);
  expect(next).toMatchObject({ state: { eventCount: 107, firstSeen: ago(30 * DAY_MS) } });
});

test('a mute until N more events counts from where the issue stands', () => {
  const next = nextIssueState(base, { type: 'mute', rule: { kind: 'until_count', count: 3 } }, now);
  expect(next).toMatchObject({ state: { muteRule: { kind: 'until_count', count: 3, from_count: 100 } } });
});

test.each<[string, IssueState, IssueStateEvent]>([
  ['a resolution', base, { type: 'resolve', mode: 'release', release: '2.0.0' }],
  ['a reopening', inRelease, { type: 'reopen' }],
  ['a mute', fresh, { type: 'mute', rule: { kind: 'until_count', count: 3 } }],
  ['an unmute', mutedCount, { type: 'unmute' }],
  ['the resolution of a muted issue', mutedRate, { type: 'resolve', mode: 'now' }],
])('undo takes back %s', (_name, state, event) => {
  const done = nextIssueState(state, event, now);
  if ('refused' in done) throw new Error(done.refused);
  const stored = JSON.parse(JSON.stringify(done.turningPoints[0]?.data.previous));
  const undone = nextIssueState(
    done.state,
    { type: 'undo', previous: stateSnapshotSchema.parse(stored), changedAt: now },
    new Date(now.getTime() + 5000),
  );
  expect(undone).toMatchObject({ state, turningPoints: [{ kind: 'undone' }] });
});

test('what has changed since is not undone', () => {
  const done = nextIssueState(base, { type: 'resolve', mode: 'now' }, now);
  if ('refused' in done) throw new Error(done.refused);
  const later = new Date(now.getTime() + 5000);
  const back = nextIssueState(done.state, occurrence({ time: later }), later);
  if ('refused' in back) throw new Error(back.refused);
  const previous = stateSnapshotSchema.parse(done.turningPoints[0]?.data.previous);
  expect(nextIssueState(back.state, { type: 'undo', previous, changedAt: now }, later)).toHaveProperty('refused');
});
