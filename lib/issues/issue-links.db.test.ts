import { beforeEach, expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { makeIssue, makeProject } from './issue-fixture';
import { addIssueLink, listIssueLinks, removeIssueLink } from './issue-links.server';
import { listActivity } from './list-activity.server';
import { mergeIssues } from './merge-issues.server';

const database = useTestDatabase();
const now = new Date('2026-05-20T12:30:00Z');
const viewer = systemViewer();
const TICKET = 'https://github.com/acme/api/issues/42';

let projectId: number;

beforeEach(async () => {
  await database.truncate();
  projectId = await makeProject('api');
  for (const number of [1, 2]) await makeIssue({ projectId, number, times: [now] });
});

const add = (url: string, issueId = 'API-1') => addIssueLink({ viewer, issueId, link: { url }, now });
const labels = async (issueId: string) => (await listIssueLinks({ viewer, issueId })).data.map(({ label }) => label);

test('a link is kept once, named by its ticket, and told in the history', async () => {
  const first = await add(TICKET);
  expect((await add(TICKET)).id).toBe(first.id);
  expect(await labels('API-1')).toEqual(['acme/api#42']);
  const { data } = await listActivity({ viewer, issueId: 'API-1', page: { limit: 10 } });
  expect(data.filter(({ kind }) => kind === 'link_added')).toHaveLength(1);
});

test('a link is taken off once, by the issue it hangs on', async () => {
  const { id } = await add(TICKET);
  await expect(removeIssueLink({ viewer, issueId: 'API-2', linkId: id, now })).rejects.toMatchObject({ status: 404 });
  await removeIssueLink({ viewer, issueId: 'API-1', linkId: id, now });
  await expect(removeIssueLink({ viewer, issueId: 'API-1', linkId: id, now })).rejects.toMatchObject({ status: 404 });
  expect(await labels('API-1')).toEqual([]);
});

test('two people who add the same ticket at once make one link', async () => {
  const added = await Promise.all([add(TICKET), add(TICKET), add(TICKET)]);
  expect(new Set(added.map(({ id }) => id)).size).toBe(1);
});

test('the links of a merged issue come along, and can be taken off there', async () => {
  const { id } = await add(TICKET, 'API-2');
  await mergeIssues({ viewer, issueId: 'API-1', ids: ['API-2'], now });
  expect(await labels('API-1')).toEqual(['acme/api#42']);
  await removeIssueLink({ viewer, issueId: 'API-1', linkId: id, now });
  expect(await labels('API-1')).toEqual([]);
});

test('the trackers of the project come along; one that is no longer valid stops nothing', async () => {
  const trackers = [{ name: 'GitHub', template: 'https://github.com/acme/api/issues/new?title={title}' }];
  await getDb().project.update({ where: { id: projectId }, data: { settings: { trackers } } });
  expect((await listIssueLinks({ viewer, issueId: 'API-1' })).trackers).toEqual(trackers);
  await getDb().project.update({ where: { id: projectId }, data: { settings: { trackers: [{ name: 'x' }] } } });
  expect((await listIssueLinks({ viewer, issueId: 'API-1' })).trackers).toEqual([]);
});
