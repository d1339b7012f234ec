import { expect, test } from 'vitest';
import { getDb, getPool } from '../db/client.server';
import { loadGroupingRules } from '../grouping/grouping-rules.server';
import { countValues } from './count-values.server';
import { getEvent } from './get-event.server';
import { listActivity } from './list-activity.server';
import { listGroupings } from './list-groupings.server';
import { listIssueEvents } from './list-issue-events.server';
import { type Account, ago, countedAccounts, type Sent, storedAccounts, useMoves } from './move-fixture';
import type { SplitInput } from './split-schema';

const { context, capture, read, split, merge, unmerge, undo } = useMoves();

/** Everything that is counted of an issue is what its events tell. */
async function expectBalanced(): Promise<Account[]> {
  const counted = await countedAccounts();
  expect(counted).toEqual(await storedAccounts());
  return counted;
}

const REGIONS: Sent[] = [
  { region: 'eu', user: 'ann', hoursAgo: 30, release: '1.0' },
  { region: 'us', user: 'ann', hoursAgo: 5, release: '1.1' },
  { region: 'us', user: 'bob', hoursAgo: 4, release: '1.1' },
  { region: 'eu', user: 'cid', hoursAgo: 3, release: '1.2' },
  { region: 'eu', user: 'cid', hoursAgo: 2 },
];
const EU: SplitInput = { where: [{ field: 'tag', key: 'region', patterns: ['eu'] }] };

test('by value: what fits moves with its counts, and a rule keeps new events apart', async () => {
  await capture(...REGIONS, { type: 'Other', region: 'eu' });
  const done = await split(EU);
  expect(done).toMatchObject({
    moved: 3,
    issue: {
      id: 'API-3',
      events: 3,
      users: 2,
      first_seen: ago(30).toISOString(),
      first_release: '1.0',
      last_release: '1.2',
    },
    source: {
      id: 'API-1',
      events: 2,
      users: 2,
      first_seen: ago(5).toISOString(),
      last_seen: ago(4).toISOString(),
      first_release: '1.1',
    },
  });
  expect(done.rule).toMatch(/^hash:\w+ tags.region:eu -> API-3$/);
  await expectBalanced();
  expect(
    (await capture({ region: 'eu' }, { region: 'us' }, { type: 'Other', region: 'eu' })).map(({ issue }) => issue),
  ).toEqual([3, 1, 2]);
  await expectBalanced();
  const kinds = async (issueId: string) =>
    (await listActivity({ viewer: context.ada, issueId, page: { limit: 9 } })).data.map((line) => line.kind);
  expect(await kinds('API-1')).toContain('split');
  expect(await kinds('API-3')).toEqual(['split_from']);
});

test('each event tells which rule put it there, and where else its hashes lead', async () => {
  await capture(...REGIONS);
  const { rule } = await split(EU);
  const [late] = await capture({ region: 'eu' });
  const { grouping } = await getEvent({ viewer: context.ada, eventId: late!.id });
  expect(grouping).toMatchObject({
    own: false,
    parts: [{ kind: 'fingerprint', value: 'API-2', raw: 'split from API-1' }],
    rules: [{ rule, sets: ['fingerprint'] }],
    candidates: [
      { issue: 'API-2', used: true },
      { issue: 'API-1', used: false },
    ],
  });
});

test('the values of the message are counted, and find their events', async () => {
  const lease = (worker: number, shard: string): Sent => ({
    value: `worker ${worker} lost shard ${shard} of its queue`,
  });
  await capture(lease(1, '0xa1'), lease(1, '0xb2'), lease(2, '0xa1'), lease(1, '0xa1'));
  const values = await countValues({ viewer: context.ada, issueId: 'API-1' });
  expect(values).toMatchObject({ sample: 4, fitting: 4 });
  expect(values.places.map((place) => place.values.map(({ value, events }) => [value, events]))).toEqual([
    [
      ['1', 3],
      ['2', 1],
    ],
    [
      ['0xa1', 3],
      ['0xb2', 1],
    ],
  ]);
  const message = values.places[0]!.values[0]!.pattern;
  const found = (limit: number, cursor?: string) =>
    listIssueEvents({ viewer: context.ada, issueId: 'API-1', page: { limit, cursor }, message });
  expect((await found(10)).data).toHaveLength(3);
  const first = await found(2);
  expect((await found(2, first.next_cursor ?? undefined)).data).toHaveLength(1);
});

test('by value without a rule, new events stay where they are', async () => {
  await capture(...REGIONS);
  expect((await split({ ...EU, rule: false })).rule).toBeNull();
  expect((await loadGroupingRules({ viewer: context.ada, projectId: 'api' })).rules).toEqual([]);
  expect((await capture({ region: 'eu' }))[0]).toMatchObject({ issue: 1 });
  await expectBalanced();
});

test('by hash: new events follow the hash', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'ann' }, { type: 'Other', user: 'bob' });
  await merge(1, 2);
  expect((await read('API-1')).merged).toMatchObject([{ id: 'API-2', split_off: false }]);
  const groupings = (await listGroupings({ viewer: context.ada, issueId: 'API-1' })).data;
  expect(groupings.map(({ events }) => events)).toEqual([2, 1]);
  const done = await split({ hashes: [groupings[0]!.hash] });
  expect(done).toMatchObject({ moved: 2, rule: null, issue: { id: 'API-3', users: 2 }, source: { users: 1 } });
  expect((await capture({ type: 'Other' }, {})).map(({ issue }) => issue)).toEqual([3, 1]);
  await expectBalanced();
});

test('one by one: only those move', async () => {
  const [first] = await capture({ user: 'ann' }, { user: 'bob', hoursAgo: 2 });
  const done = await split({ events: [first!.id] });
  expect(done).toMatchObject({ moved: 1, source: { events: 1, users: 1, last_seen: ago(2).toISOString() } });
  expect((await capture({}))[0]).toMatchObject({ issue: 1 });
  await expectBalanced();
});

test('undo brings counts, people and dates back, and takes the rule away', async () => {
  await capture(...REGIONS);
  const before = (await countedAccounts()).map((each) => ({ ...each, hashes: null }));
  const done = await split(EU);
  expect(await undo(done.undo)).toEqual({ undone: ['API-1'], refused: [] });
  expect((await expectBalanced()).map((each) => ({ ...each, hashes: null }))).toEqual(before);
  expect((await loadGroupingRules({ viewer: context.ada, projectId: 'api' })).rules).toEqual([]);
  expect(await read('API-2')).toMatchObject({
    ...{ id: 'API-1', events: 5, users: 3 },
    merged: [{ id: 'API-2', split_off: true }],
  });
  expect((await capture({ region: 'eu' }))[0]).toMatchObject({ issue: 1 });
});

test('nothing, or all of it, is no split', async () => {
  await capture(...REGIONS);
  const where = (region: string): SplitInput => ({ where: [{ field: 'tag', key: 'region', patterns: [region] }] });
  await expect(split(where('mars'))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('No stored event'),
  });
  await expect(split(where('*'))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('nothing left'),
  });
  await expectBalanced();
  expect(await getDb().issue.count()).toBe(1);
});

test('a fix that an event of the other issue proved wrong is watched again, until the undo', async () => {
  const sent = await capture(...REGIONS);
  const entry = await getDb().entry.create({ data: { title: 'Retry', content: {}, status: 'published' } });
  await getDb().fix.create({
    data: {
      projectId: context.projectId,
      issueNumber: 1,
      entryId: entry.id,
      appliedAt: ago(3.5),
      appliedName: 'Ada',
      verdict: 'recurred',
      verdictAt: ago(3),
      recurredEvent: sent[3]!.id,
      baselineRate: 3,
      issueFirstSeen: ago(30),
    },
  });
  const fix = () =>
    getDb().fix.findFirstOrThrow({
      select: { verdict: true, recurredEvent: true, baselineRate: true, issueNumber: true },
    });
  const was = await fix();
  const done = await split(EU);
  // Of four events up to the hour of the fix, two went.
  expect(await fix()).toEqual({ verdict: 'watching', recurredEvent: null, baselineRate: 1.5, issueNumber: 1 });
  await undo(done.undo);
  expect(await fix()).toEqual(was);
});

test('a merge of more than 5,000 people is taken back to the last of them', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'ann' });
  await getPool().query(`INSERT INTO issue_user SELECT $1, 2, md5(n::text) FROM generate_series(1, 6000) AS n`, [
    context.projectId,
  ]);
  // Their events were deleted since.
  await getPool().query('UPDATE issue SET user_count = 6001, event_count = 6001 WHERE number = 2');
  await getPool().query('UPDATE issue_hour SET count = 6001 WHERE issue_number = 2');
  expect((await merge(1, 2)).users).toBe(6001);
  expect((await unmerge(1, 2)).users).toBe(6001);
  expect((await read('API-1')).users).toBe(1);
});

test('what was deleted since, or came late through the spool, is still the merged issue’s', async () => {
  await capture(
    { user: 'ann' },
    { type: 'Other', user: 'bob', hoursAgo: 40 },
    { type: 'Other', user: 'bob', hoursAgo: 2 },
  );
  await merge(1, 2);
  await getPool().query(`DELETE FROM event WHERE time < $1`, [ago(20)]);
  // Received long before the merge, stored after it.
  await capture({ type: 'Other', user: 'cid', hoursAgo: 6 });
  await unmerge(1, 2);
  expect(await read('API-2')).toMatchObject({
    events: 3,
    users: 2,
    first_seen: ago(40).toISOString(),
    last_seen: ago(2).toISOString(),
  });
  expect(await read('API-1')).toMatchObject({ events: 1, users: 1, first_seen: ago(1).toISOString() });
});

test('an issue that all events had left starts anew with the next one', async () => {
  await capture({}, { type: 'Other', release: '1.0', hoursAgo: 40 });
  await merge(1, 2);
  await split({
    events: [(await listIssueEvents({ viewer: context.ada, issueId: 'API-1', page: { limit: 9 } })).data.at(-1)!.id],
  });
  await unmerge(1, 2);
  expect((await capture({ type: 'Other', release: '1.1', hoursAgo: 3 }))[0]).toMatchObject({ issue: 2 });
  expect(await read('API-2')).toMatchObject({ events: 1, first_seen: ago(3).toISOString(), first_release: '1.1' });
  await expectBalanced();
});

test('an event that waited for the split lands where its hash leads then', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'bob' });
  await merge(1, 2);
  const { rows } = await getPool().query<{ hash: string }>(
    `SELECT DISTINCT hash FROM event WHERE data->'exceptions'->0->>'type' = 'Other'`,
  );
  const client = await context.pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM issue WHERE number = 1 FOR UPDATE');
  const splitting = split({ hashes: [rows[0]!.hash] });
  await expect
    .poll(async () => (await context.pool.query(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`)).rows[0].n)
    .toBe(1);
  const capturing = capture({ type: 'Other', user: 'cid' });
  await expect
    .poll(async () => (await context.pool.query(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`)).rows[0].n)
    .toBe(2);
  await client.query('COMMIT');
  client.release();
  await splitting;
  expect((await capturing)[0]).toMatchObject({ issue: 3 });
  await expectBalanced();
});
