import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { type IssueSort, listIssues } from './list-issues.server';
import { listValues } from './list-values.server';

useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const sparkline = { from: ago(14 * DAY_MS), to: now };
let ada: Viewer;

beforeAll(async () => {
  ada = await makeMember('Ada', 'engineer');
  const projectId = await makeProject('web');
  const spread = (recent: number, early: number) => [
    ...Array.from({ length: recent }, (_, i) => ago(DAY_MS + i * HOUR_MS)),
    ...Array.from({ length: early }, (_, i) => ago(10 * DAY_MS + i * HOUR_MS)),
  ];
  await makeIssue({
    projectId,
    number: 1,
    tags: [
      ['browser', 'Safari'],
      ['region', 'eu'],
    ],
    times: spread(2, 6),
    users: ['a', 'b', 'c'],
  });
  await makeIssue({ projectId, number: 2, tags: [['browser', 'Chrome']], times: spread(9, 1) });
  await makeIssue({ projectId, number: 3, level: 'fatal', times: spread(1, 1), users: ['a', 'b'] });
  await getPool().query('UPDATE project SET next_issue = 4');
});

const ids = async (
  query: string,
  sort: IssueSort = 'last_seen',
  page: { limit: number; cursor?: string } = { limit: 50 },
) =>
  (await listIssues({ viewer: ada, filter: { query }, sort, page, sparkline, now })).data
    .map((issue) => issue.id)
    .sort();
const order = async (sort: IssueSort) =>
  (await listIssues({ viewer: ada, filter: { query: '' }, sort, page: { limit: 50 }, sparkline, now })).data.map(
    (issue) => issue.id,
  );
test('issues are found by the tags of their events', async () => {
  expect(await ids('tag.browser:safari')).toEqual(['WEB-1']);
  expect(await ids('tag.browser:safari tag.browser:chrome')).toEqual(['WEB-1', 'WEB-2']);
  expect(await ids('tag.browser:*a*')).toEqual(['WEB-1']);
  expect(await ids('-tag.browser:Safari')).toEqual(['WEB-2', 'WEB-3']);
  expect(await ids('has:tag.browser')).toEqual(['WEB-1', 'WEB-2']);
  expect(await ids('-has:tag.browser')).toEqual(['WEB-3']);
});

test('names and values of tags are completed', async () => {
  expect(await listValues({ viewer: ada, key: 'tag', prefix: 'b' })).toEqual([{ value: 'browser', count: 2 }]);
  expect(await listValues({ viewer: ada, key: 'tag.browser', prefix: 'sa' })).toEqual([{ value: 'Safari', count: 1 }]);
});

test('what grows stands first by trend, what hits people first by impact', async () => {
  expect(await order('trend')).toEqual(['WEB-2', 'WEB-3', 'WEB-1']);
  expect(await order('impact')).toEqual(['WEB-3', 'WEB-1', 'WEB-2']);
});

test('a ranking comes in pages, each issue once', async () => {
  const list = (cursor?: string) =>
    listIssues({ viewer: ada, filter: { query: '' }, sort: 'trend', page: { limit: 2, cursor }, sparkline, now });
  const first = await list();
  const second = await list(first.next_cursor ?? undefined);
  expect([...first.data, ...second.data].map((issue) => issue.id)).toEqual(['WEB-2', 'WEB-3', 'WEB-1']);
  expect(second.next_cursor).toBeNull();
  await expect(
    listIssues({
      viewer: ada,
      filter: { query: '' },
      sort: 'events',
      page: { limit: 2, cursor: first.next_cursor ?? '' },
      sparkline,
      now,
    }),
  ).rejects.toThrow('belongs to the order "trend"');
});
