import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { ageIssues } from './age-issues.server';
import { bulkChange } from './bulk-issues.server';
import { changeIssue } from './change-issue.server';
import { addComment, deleteComment, editComment } from './comment-issue.server';
import { countTags } from './count-tags.server';
import { getEvent } from './get-event.server';
import { getIssue } from './get-issue.server';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import type { IssueChange } from './issue-schema';
import { issueTrend } from './issue-trend.server';
import { listActivity } from './list-activity.server';
import { listIssueEvents } from './list-issue-events.server';
import { undoChanges, undoLatest } from './undo-change.server';

useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

let ada: Viewer;
let bob: Viewer;
let looker: Viewer;
let projectId: number;
let id: string;
let next = 1;
let events: string[];

beforeAll(async () => {
  ada = await makeMember('Ada', 'engineer');
  bob = await makeMember('Bob', 'engineer');
  looker = await makeMember('Looker', 'viewer');
  projectId = await makeProject('api');
  await getDb().release.createMany({
    data: [
      { projectId, version: '1.5.0', firstSeen: ago(DAY_MS) },
      { projectId, version: '1.4.0', firstSeen: ago(9 * DAY_MS) },
    ],
  });
});

beforeEach(async () => {
  const number = next++;
  id = `API-${number}`;
  ({ events } = await makeIssue({
    projectId,
    number,
    times: [ago(9 * DAY_MS), ago(2 * HOUR_MS), ago(HOUR_MS)],
    tags: [['browser', 'Firefox']],
    release: '1.4.0',
  }));
});

const change = (body: IssueChange, more: { viewer?: Viewer; version?: number; at?: Date } = {}) =>
  changeIssue({ viewer: more.viewer ?? ada, issueId: id, change: body, version: more.version, now: more.at ?? now });
const kinds = async () =>
  (await listActivity({ viewer: ada, issueId: id, page: { limit: 50 } })).data.map((line) => line.kind);

test('resolving sets the state, the version and a turning point with its author', async () => {
  const changed = await change({ status: 'resolved' });
  expect(changed).toMatchObject({ status: 'resolved', resolution: { mode: 'now' }, version: 2 });
  const { data } = await listActivity({ viewer: ada, issueId: id, page: { limit: 5 } });
  expect(data[0]).toMatchObject({ kind: 'resolved', actor: { name: 'Ada' }, data: { mode: 'now' } });
});

test('resolving in the next release takes the current one', async () => {
  expect(await change({ status: 'resolved', resolve_in: 'next_release' })).toMatchObject({
    resolution: { mode: 'next_release', release: '1.5.0' },
  });
});

test('an old version loses', async () => {
  await change({ status: 'resolved' }, { version: 1 });
  await expect(change({ status: 'open' }, { version: 1 })).rejects.toMatchObject({
    code: 'version_conflict',
    extra: { current_version: 2 },
  });
});

test('of two changes to one version, one wins', async () => {
  const results = await Promise.allSettled([
    change({ status: 'resolved' }, { version: 1 }),
    change({ status: 'muted' }, { version: 1, viewer: bob }),
  ]);
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a viewer may look and not touch', async () => {
  await expect(change({ status: 'resolved' }, { viewer: looker })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await getIssue({ viewer: looker, issueId: id, now })).status).toBe('ongoing');
});

test('mute, and undo by the token of the change', async () => {
  const muted = await change({ status: 'muted', mute: { kind: 'until_count', count: 10 } });
  expect(muted).toMatchObject({ status: 'muted', mute: { kind: 'until_count', count: 10, from_count: 3 } });
  const undone = await undoChanges({ viewer: bob, token: muted.undo ?? '', now: new Date(now.getTime() + 5000) });
  expect(undone).toEqual({ undone: [id], refused: [] });
  expect(await getIssue({ viewer: ada, issueId: id, now })).toMatchObject({ status: 'ongoing', mute: null });
  expect(await kinds()).toEqual(['undone', 'muted']);
});

test('undo says no when the issue has changed since', async () => {
  const resolved = await change({ status: 'resolved' });
  await change({ status: 'open' }, { at: new Date(now.getTime() + 1000) });
  const undone = await undoChanges({ viewer: ada, token: resolved.undo ?? '', now: new Date(now.getTime() + 2000) });
  expect(undone.undone).toEqual([]);
  expect(undone.refused[0]?.reason).toMatch(/changed since/);
});

test('assign by e-mail, to oneself and to nobody; undo gives it back', async () => {
  expect((await change({ assignee: 'BOB@example.test' })).assignee?.name).toBe('Bob');
  const mine = await change({ assignee: 'me' }, { at: new Date(now.getTime() + 1000) });
  expect(mine.assignee?.name).toBe('Ada');
  await undoLatest({ viewer: ada, issueId: id, now: new Date(now.getTime() + 2000) });
  expect((await getIssue({ viewer: ada, issueId: id, now })).assignee?.name).toBe('Bob');
  expect((await change({ assignee: null }, { at: new Date(now.getTime() + 3000) })).assignee).toBeNull();
  await expect(change({ assignee: 'nobody@example.test' })).rejects.toMatchObject({ code: 'validation_failed' });
});

test('what is so already changes nothing', async () => {
  const first = await change({ status: 'resolved' });
  const again = await change({ status: 'resolved' });
  expect(again).toMatchObject({ version: first.version, undo: null });
});

test('a resolution stamps the fix that is being watched, and a reopening clears it', async () => {
  const number = next - 1;
  const entry = await getDb().entry.create({ data: { title: 'Pool', content: {}, status: 'published' } });
  await getDb().issue.update({
    where: { projectId_number: { projectId, number } },
    data: { knownEntryId: entry.id, knownConfidence: 0.9 },
  });
  await getDb().fix.create({
    data: {
      projectId,
      issueNumber: number,
      entryId: entry.id,
      appliedAt: ago(HOUR_MS),
      appliedName: 'Ada',
      baselineRate: 1,
      issueFirstSeen: ago(DAY_MS),
    },
  });
  const resolved = await change({ status: 'resolved' });
  expect(resolved.known_fix).toMatchObject({ entry: 'ERROR-001', title: 'Pool', verdict: 'watching', confidence: 0.9 });
  const fixes = async () => (await getIssue({ viewer: ada, issueId: id, now })).recurrence.fixes;
  expect(await fixes()).toMatchObject([{ resolved_at: now.toISOString() }]);
  await change({ status: 'open' }, { at: new Date(now.getTime() + 1000) });
  expect(await fixes()).toMatchObject([{ resolved_at: null }]);
});

test('bulk: one that refuses stops none of the others, and all are undone together', async () => {
  const other = next++;
  await makeIssue({ projectId, number: other, times: [ago(HOUR_MS)], status: 'resolved' });
  const result = await bulkChange({
    viewer: ada,
    ids: [id, `API-${other}`, 'API-9999'],
    change: { status: 'muted' },
    now,
  });
  expect(result.changed).toEqual([id]);
  expect(result.refused.map((r) => r.id)).toEqual([`API-${other}`, 'API-9999']);
  const undone = await undoChanges({ viewer: ada, token: result.undo ?? '', now: new Date(now.getTime() + 1000) });
  expect(undone.undone).toEqual([id]);
});

test('bulk by query changes what matches', async () => {
  const other = next++;
  await makeIssue({ projectId, number: other, times: [ago(HOUR_MS)], service: 'only-here' });
  const result = await bulkChange({
    viewer: ada,
    filter: { query: 'service:only-here', project: 'api' },
    change: { status: 'resolved', assignee: 'me' },
    now,
  });
  expect(result).toMatchObject({ changed: [`API-${other}`], refused: [] });
});

test('comments are changed by their author alone', async () => {
  const comment = await addComment({ viewer: ada, issueId: id, body: 'Looks like the pool.', now });
  const target = { issueId: id, commentId: comment.id };
  await expect(editComment({ viewer: bob, ...target, body: 'No.', now })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await editComment({ viewer: ada, ...target, body: 'It is.', now })).toMatchObject({
    body: 'It is.',
    edited_at: now.toISOString(),
  });
  await expect(deleteComment({ viewer: bob, ...target })).rejects.toMatchObject({ code: 'forbidden' });
  await deleteComment({ viewer: ada, ...target });
  expect(await kinds()).toEqual([]);
});

test('events page newest first and know their neighbours', async () => {
  const first = await listIssueEvents({ viewer: ada, issueId: id, page: { limit: 2 } });
  expect(first.data.map((e) => e.id)).toEqual([events[2], events[1]]);
  const second = await listIssueEvents({
    viewer: ada,
    issueId: id,
    page: { limit: 2, cursor: first.next_cursor ?? '' },
  });
  expect(second).toMatchObject({ data: [{ id: events[0] }], next_cursor: null });
  const middle = await getEvent({ viewer: ada, eventId: events[1] ?? '' });
  expect(middle).toMatchObject({ issue_id: id, older: events[0], newer: events[2], raw: { sent: expect.any(String) } });
  await expect(getEvent({ viewer: ada, eventId: '0'.repeat(32) })).rejects.toMatchObject({ code: 'not_found' });
  await expect(getEvent({ viewer: ada, eventId: 'x' })).rejects.toMatchObject({ code: 'not_found' });
});

test('the detail counts recent events, releases and the latest event', async () => {
  expect(await getIssue({ viewer: ada, issueId: id.toLowerCase(), now })).toMatchObject({
    events: 3,
    events_24h: 2,
    events_30d: 3,
    releases: [{ release: '1.4.0', events: 3 }],
    latest_event: events[2],
  });
});

test('tags are spread over the latest events', async () => {
  const { sample, tags } = await countTags({ viewer: ada, issueId: id });
  expect(sample).toBe(3);
  expect(tags.find((t) => t.key === 'browser')).toEqual({
    key: 'browser',
    events: 3,
    values: [{ value: 'Firefox', events: 3 }],
  });
});

test('the trend holds every event and marks the resolution', async () => {
  await change({ status: 'resolved' }, { at: ago(60_000) });
  const trend = await issueTrend({ viewer: ada, issueId: id, range: { from: ago(14 * DAY_MS), to: now } });
  expect(trend.points.reduce((sum, point) => sum + point.events, 0)).toBe(3);
  // 1.5.0 is a release of the project in which this issue was not seen.
  expect(trend.markers.map((m) => `${m.kind} ${m.label}`.trim())).toEqual(['release 1.4.0', 'resolved']);
});

test('time makes new issues ongoing and ends mutes', async () => {
  await getDb().issue.updateMany({ where: { projectId, number: next - 1 }, data: { status: 'new' } });
  const other = next++;
  await makeIssue({ projectId, number: other, times: [ago(HOUR_MS)] });
  await changeIssue({
    viewer: ada,
    issueId: `API-${other}`,
    change: { status: 'muted', mute: { kind: 'until_time', until: new Date(now.getTime() + HOUR_MS).toISOString() } },
    now,
  });
  await ageIssues(now);
  expect((await getIssue({ viewer: ada, issueId: id, now })).status).toBe('ongoing');
  expect((await getIssue({ viewer: ada, issueId: `API-${other}`, now })).status).toBe('muted');
  await ageIssues(new Date(now.getTime() + 2 * HOUR_MS));
  expect((await getIssue({ viewer: ada, issueId: `API-${other}`, now })).status).toBe('new');
});
