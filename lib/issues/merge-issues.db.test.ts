import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { addComment } from './comment-issue.server';
import { getEvent } from './get-event.server';
import { getIssue } from './get-issue.server';
import { addEvent, makeIssue, makeMember, makeProject } from './issue-fixture';
import { listActivity } from './list-activity.server';
import { mergeIssues } from './merge-issues.server';
import { unmergeIssue } from './unmerge-issue.server';

const database = useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const later = (ms: number) => new Date(now.getTime() + ms);

let ada: Viewer;
let projectId: number;
let target: { hash: string; events: string[] };
let source: { hash: string; events: string[] };

beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
  target = await makeIssue({
    projectId,
    number: 1,
    title: 'Timeout: pool',
    times: [ago(2 * DAY_MS), ago(HOUR_MS)],
    users: ['u1', 'u2'],
    release: '1.1.0',
  });
  source = await makeIssue({
    projectId,
    number: 2,
    title: 'Timeout: socket',
    times: [ago(5 * DAY_MS), ago(2 * DAY_MS), ago(600_000)],
    users: ['u2', 'u3'],
    release: '1.0.0',
  });
});

const merge = () => mergeIssues({ viewer: ada, issueId: 'API-1', ids: ['API-2'], now });
const read = (issueId: string) => getIssue({ viewer: ada, issueId, now });
const hours = async (issueNumber: number) =>
  (await getDb().issueHour.findMany({ where: { projectId, issueNumber }, orderBy: { hour: 'asc' } })).map((h) => [
    h.hour.toISOString(),
    h.count,
  ]);

test('counts, people, dates and events move', async () => {
  const merged = await merge();
  expect(merged).toMatchObject({
    id: 'API-1',
    events: 5,
    users: 3,
    first_seen: ago(5 * DAY_MS).toISOString(),
    last_seen: ago(600_000).toISOString(),
    first_release: '1.0.0',
    last_release: '1.0.0',
  });
  expect((await hours(1)).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(5);
  expect(await getEvent({ viewer: ada, eventId: source.events[0] ?? '' })).toMatchObject({ issue_id: 'API-1' });
});

test('the old id answers with the issue it lives in now', async () => {
  await merge();
  expect(await read('API-2')).toMatchObject({ id: 'API-1', groupings: 2, merged: [{ id: 'API-2' }] });
});

test('unmerging gives back exactly what was there', async () => {
  const before = [await read('API-1'), await read('API-2'), await hours(1), await hours(2)];
  await merge();
  await unmergeIssue({ viewer: ada, issueId: 'API-1', mergedId: 'API-2', now: later(1000) });
  const after = [await read('API-1'), await read('API-2'), await hours(1), await hours(2)];
  const timeless = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (key, v) => (key === 'version' ? undefined : v)));
  expect(timeless(after)).toEqual(timeless(before));
});

test('events that came since go back with their grouping', async () => {
  await merge();
  await addEvent({ projectId, number: 2 }, source.hash, later(60_000));
  await addEvent({ projectId, number: 1 }, target.hash, later(60_000));
  await unmergeIssue({ viewer: ada, issueId: 'API-1', mergedId: 'API-2', now: later(120_000) });
  expect(await read('API-1')).toMatchObject({ events: 3, users: 2, last_seen: later(60_000).toISOString() });
  expect(await read('API-2')).toMatchObject({ events: 4, users: 2, last_seen: later(60_000).toISOString() });
  for (const [number, expected] of [
    [1, 3],
    [2, 4],
  ] as const) {
    expect((await hours(number)).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(expected);
    expect(await getDb().event.count({ where: { projectId, issueNumber: number } })).toBe(expected);
  }
});

test('comments, suggestions and the known entry go along and come back', async () => {
  await addComment({ viewer: ada, issueId: 'API-2', body: 'Seen on host 3.', now: ago(1000) });
  const entry = await getDb().entry.create({ data: { title: 'Pool', content: {}, status: 'published' } });
  await getDb().suggestion.create({
    data: { projectId, issueNumber: 2, entryId: entry.id, score: 1, confidence: 0.8 },
  });
  await getDb().issue.update({
    where: { projectId_number: { projectId, number: 2 } },
    data: { knownEntryId: entry.id, knownConfidence: 0.8 },
  });
  await merge();
  expect((await read('API-1')).known_fix).toMatchObject({ entry: 'ERROR-001', confidence: 0.8 });
  const kinds = async (issueId: string) =>
    (await listActivity({ viewer: ada, issueId, page: { limit: 20 } })).data.map((line) => line.kind);
  expect(await kinds('API-1')).toEqual(['merged', 'comment']);
  expect(await getDb().suggestion.count({ where: { issueNumber: 1 } })).toBe(1);
  await unmergeIssue({ viewer: ada, issueId: 'API-1', mergedId: 'API-2', now: later(1000) });
  expect((await read('API-1')).known_fix).toBeNull();
  expect((await read('API-2')).known_fix).toMatchObject({ entry: 'ERROR-001' });
  expect(await kinds('API-2')).toContain('comment');
  expect(await getDb().suggestion.count({ where: { issueNumber: 2 } })).toBe(1);
});

test('a merge of what is merged goes to where it lives, and refuses a circle', async () => {
  await makeIssue({ projectId, number: 3, times: [ago(HOUR_MS)] });
  await merge();
  await mergeIssues({ viewer: ada, issueId: 'API-3', ids: ['API-2'], now: later(1000) });
  expect(await read('API-2')).toMatchObject({ id: 'API-3', events: 6 });
  await expect(mergeIssues({ viewer: ada, issueId: 'API-1', ids: ['API-3'], now })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('issues of different projects stay apart', async () => {
  const other = await makeProject('web');
  await makeIssue({ projectId: other, number: 1, times: [ago(HOUR_MS)] });
  await expect(mergeIssues({ viewer: ada, issueId: 'API-1', ids: ['WEB-1'], now })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('what is not merged cannot be unmerged', async () => {
  await expect(unmergeIssue({ viewer: ada, issueId: 'API-1', mergedId: 'API-2', now })).rejects.toMatchObject({
    code: 'conflict',
  });
});
