import { beforeAll, expect, test } from 'vitest';
import { tokenViewer, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { countFacets } from './count-facets.server';
import { addEvent, makeIssue, makeMember, makeProject } from './issue-fixture';
import { type IssueSort, listIssues } from './list-issues.server';

useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const sparkline = { from: ago(14 * DAY_MS), to: now };

let ada: Viewer;

beforeAll(async () => {
  ada = await makeMember('Ada', 'engineer');
  const api = await makeProject('api');
  const web = await makeProject('web');
  await makeIssue({
    projectId: api,
    number: 1,
    title: 'TimeoutError: pool exhausted after 30 s',
    times: [ago(20 * DAY_MS), ago(3 * DAY_MS), ago(HOUR_MS)],
    release: '1.4.2',
  });
  await makeIssue({
    projectId: api,
    number: 2,
    title: '100%_done',
    level: 'fatal',
    times: [ago(2 * HOUR_MS)],
    status: 'new',
  });
  await makeIssue({ projectId: api, number: 3, service: 'worker', times: [ago(2 * DAY_MS)], status: 'resolved' });
  await makeIssue({
    projectId: web,
    number: 1,
    environment: 'staging',
    level: 'warning',
    times: [ago(90 * 60_000), ago(90 * 60_000)],
  });
});

const list = (query: string, more: { sort?: IssueSort; limit?: number; cursor?: string; viewer?: Viewer } = {}) =>
  listIssues({
    viewer: more.viewer ?? ada,
    filter: { query },
    sort: more.sort ?? 'last_seen',
    page: { limit: more.limit ?? 50, cursor: more.cursor },
    sparkline,
    now,
  });
const ids = async (query: string) => (await list(query)).data.map((issue) => issue.id);

test('lists across projects, last seen first', async () => {
  expect(await ids('')).toEqual(['API-1', 'WEB-1', 'API-2', 'API-3']);
});

test.each([
  ['is:unresolved', ['API-1', 'WEB-1', 'API-2']],
  ['is:resolved', ['API-3']],
  ['-is:resolved', ['API-1', 'WEB-1', 'API-2']],
  ['service:worker', ['API-3']],
  ['service:WORKER', ['API-3']],
  ['service:worker service:api project:api', ['API-1', 'API-2', 'API-3']],
  ['-service:api', ['API-3']],
  ['level:>=error', ['API-1', 'API-2', 'API-3']],
  ['level:warning', ['WEB-1']],
  ['release:1.4.*', ['API-1']],
  ['release:1.5.*', []],
  ['-release:1.4.*', ['WEB-1', 'API-2', 'API-3']],
  ['age:<7d', ['WEB-1', 'API-2', 'API-3']],
  ['age:>7d', ['API-1']],
  ['lastSeen:<1d', ['API-1', 'WEB-1', 'API-2']],
  ['firstSeen:>2026-05-10', ['WEB-1', 'API-2', 'API-3']],
  ['events:>1', ['API-1', 'WEB-1']],
  ['has:fix', []],
  ['assigned:none is:resolved', ['API-3']],
  ['assigned:me', []],
  ['"pool exhausted"', ['API-1']],
  ['POOL timeout', ['API-1']],
  ['100%_', ['API-2']],
  ['%', ['API-2']],
  ['api-3', ['API-3']],
  ['type:timeouterror', ['API-1']],
])('the query %s finds %j', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

test('a query that cannot be read is refused with its place', async () => {
  await expect(list('service:api is:odd')).rejects.toMatchObject({
    code: 'invalid_query',
    errors: [{ field: 'query', message: expect.stringContaining('at 13') }],
  });
});

test.each<IssueSort>(['last_seen', 'first_seen', 'events', 'users'])(
  'pages by %s hold every issue once',
  async (sort) => {
    const whole = (await list('', { sort })).data.map((issue) => issue.id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list('', { sort, limit: 1, cursor });
      seen.push(...page.data.map((issue) => issue.id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(whole);
    expect(new Set(seen).size).toBe(4);
  },
);

test('a cursor of another order is refused', async () => {
  const { next_cursor } = await list('', { limit: 1 });
  await expect(list('', { sort: 'events', cursor: next_cursor ?? '' })).rejects.toMatchObject({
    code: 'invalid_cursor',
  });
  await expect(list('', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_cursor' });
});

test('rows tell their events in the range', async () => {
  const [first] = (await list('api-1')).data;
  expect(first).toMatchObject({ events: 3, events_in_range: 2 });
  expect(first?.sparkline).toHaveLength(24);
  expect(first?.sparkline.at(-1)).toBe(1);
});

test('a range leaves out what was not seen within', async () => {
  const page = await listIssues({
    viewer: ada,
    filter: { query: '', range: { from: ago(30 * DAY_MS), to: ago(4 * DAY_MS) }, project: 'api' },
    sort: 'last_seen',
    page: { limit: 10 },
    sparkline,
    now,
  });
  expect(page.data.map((issue) => issue.id)).toEqual(['API-1']);
});

test('facets count what the filter leaves', async () => {
  const facets = await countFacets({ viewer: ada, filter: { query: '', project: 'api' }, now });
  expect(facets.status).toEqual({ ongoing: 1, new: 1, resolved: 1 });
  expect(facets.service).toEqual([
    { value: 'api', count: 2 },
    { value: 'worker', count: 1 },
  ]);
});

test('a token without the read scope sees nothing', async () => {
  const viewer = tokenViewer({ id: 'x', name: 'CI', scopes: [] });
  await expect(list('', { viewer })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a late event moves its issue up', async () => {
  const late = await makeProject('late');
  const { hash } = await makeIssue({ projectId: late, number: 1, times: [ago(DAY_MS)] });
  await addEvent({ projectId: late, number: 1 }, hash, ago(1000));
  expect((await ids(''))[0]).toBe('LATE-1');
  await getDb().project.delete({ where: { id: late } });
});
