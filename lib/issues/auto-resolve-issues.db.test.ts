import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { autoResolveIssues } from './auto-resolve-issues.server';
import { changeIssue } from './change-issue.server';
import { addComment } from './comment-issue.server';
import { getIssue } from './get-issue.server';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { listActivity } from './list-activity.server';
import { undoLatest } from './undo-change.server';

const database = useTestDatabase();
const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

let ada: Viewer;
let projectId: number;

beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
});

const quietFor = (number: number, days: number, status = 'ongoing') =>
  makeIssue({ projectId, number, status, times: [ago(60 * DAY_MS), ago(days * DAY_MS)] });
const ask = (days: number | null) =>
  getDb().project.update({ where: { id: projectId }, data: { settings: { auto_resolve_days: days } } });
const read = (number: number) => getIssue({ viewer: ada, issueId: `API-${number}`, now });

test('nothing is resolved by itself unless the project asks for it', async () => {
  await quietFor(1, 50);
  expect(await autoResolveIssues(now)).toBe(0);
  await ask(null);
  expect(await autoResolveIssues(now)).toBe(0);
  expect((await read(1)).status).toBe('ongoing');
});

test('an issue quiet for so many days is resolved, by nobody and with the reason, once', async () => {
  await ask(14);
  await quietFor(1, 14);
  await quietFor(2, 13);
  expect(await autoResolveIssues(now)).toBe(1);
  expect(await read(1)).toMatchObject({ status: 'resolved', resolution: { mode: 'now', at: now.toISOString() } });
  expect((await read(2)).status).toBe('ongoing');
  const { data } = await listActivity({ viewer: ada, issueId: 'API-1', page: { limit: 5 } });
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ kind: 'resolved', actor: null, data: { reason: 'auto', quiet_days: 14 } });
  expect(await autoResolveIssues(now)).toBe(0);
});

test.each(['new', 'escalating', 'regressed'])('%s issues grow quiet too', async (status) => {
  await ask(7);
  await quietFor(1, 8, status);
  expect(await autoResolveIssues(now)).toBe(1);
});

test('muted issues stay muted', async () => {
  await ask(7);
  await quietFor(1, 30);
  await changeIssue({ viewer: ada, issueId: 'API-1', change: { status: 'muted' }, now: ago(20 * DAY_MS) });
  expect(await autoResolveIssues(now)).toBe(0);
});

test('one that somebody worked on lately is not quiet', async () => {
  await ask(7);
  for (const number of [1, 2, 3]) await quietFor(number, 30);
  await changeIssue({ viewer: ada, issueId: 'API-1', change: { assignee: 'me' }, now: ago(DAY_MS) });
  await changeIssue({ viewer: ada, issueId: 'API-2', change: { assignee: 'me' }, now: ago(8 * DAY_MS) });
  await addComment({ viewer: ada, issueId: 'API-3', body: 'Looking into it.', now: ago(DAY_MS) });
  expect(await autoResolveIssues(now)).toBe(1);
  expect((await read(2)).status).toBe('resolved');
});

test('a person can take it back, and it is then left alone for as long again', async () => {
  await ask(7);
  await quietFor(1, 30);
  await autoResolveIssues(now);
  await undoLatest({ viewer: ada, issueId: 'API-1', now: new Date(now.getTime() + HOUR_MS) });
  expect((await read(1)).status).toBe('ongoing');
  expect(await autoResolveIssues(new Date(now.getTime() + DAY_MS))).toBe(0);
  expect(await autoResolveIssues(new Date(now.getTime() + 8 * DAY_MS))).toBe(1);
});

test('no fix is started, and the one that is watched keeps its own clock', async () => {
  await ask(7);
  await quietFor(1, 30);
  const entry = await getDb().entry.create({ data: { title: 'Pool', status: 'published', content: {} } });
  await getDb().issue.updateMany({ where: { number: 1 }, data: { knownEntryId: entry.id } });
  await getDb().fix.create({
    data: {
      projectId,
      issueNumber: 1,
      entryId: entry.id,
      appliedAt: ago(31 * DAY_MS),
      appliedName: 'Ada',
      baselineRate: 0.01,
      issueFirstSeen: ago(60 * DAY_MS),
    },
  });
  expect(await autoResolveIssues(now)).toBe(1);
  expect(await getDb().fix.findMany()).toMatchObject([{ verdict: 'watching', resolvedAt: null }]);
});

test('each project has its own number of days', async () => {
  await ask(90);
  await quietFor(1, 60);
  const other = await makeProject('web');
  await makeIssue({ projectId: other, number: 1, times: [ago(60 * DAY_MS)] });
  await getDb().project.update({ where: { id: other }, data: { settings: { auto_resolve_days: 30 } } });
  expect(await autoResolveIssues(now)).toBe(1);
  expect((await getIssue({ viewer: ada, issueId: 'WEB-1', now })).status).toBe('resolved');
});
