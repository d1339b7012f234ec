import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { loadGroupingRules } from '../grouping/grouping-rules.server';
import { forgetTemplates } from '../grouping/template-store.server';
import type { EventDraft } from '../ingest/normalize-event';
import { createEventStore, type EventStore } from '../ingest/store-events.server';
import { readProjectSettings } from '../projects/project-settings';
import { HOUR_MS } from '../time';
import { countValues } from './count-values.server';
import { getEvent } from './get-event.server';
import { getIssue } from './get-issue.server';
import { makeMember, makeProject } from './issue-fixture';
import { listActivity } from './list-activity.server';
import { listGroupings } from './list-groupings.server';
import { listIssueEvents } from './list-issue-events.server';
import { mergeIssues } from './merge-issues.server';
import { splitIssue } from './split-issue.server';
import type { SplitInput } from './split-schema';
import { undoChanges } from './undo-change.server';
import { unmergeIssue } from './unmerge-issue.server';

const database = useTestDatabase();
const now = new Date('2026-11-20T12:30:00.000Z');
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);

let ada: Viewer;
let projectId: number;
let pool: Pool;
let store: EventStore;

beforeAll(() => {
  pool = new Pool({ connectionString: database.url });
  // Its connections are ended with the database.
  pool.on('error', () => {});
  store = createEventStore(pool);
});
afterAll(async () => {
  await store.drain();
  await pool.end();
});
beforeEach(async () => {
  await database.truncate();
  forgetTemplates();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
});

interface Sent {
  type?: string;
  value?: string;
  region?: string;
  user?: string;
  release?: string;
  hoursAgo?: number;
}

const draft = ({ type = 'PayError', value = 'refused', region, user, release, hoursAgo = 1 }: Sent): EventDraft => ({
  protocol: 'errors',
  timestamp: ago(hoursAgo).toISOString(),
  service: 'shop',
  exceptions: [{ type, value, frames: [{ filename: 'src/pay.py', function: 'charge', in_app: true }] }],
  ...(region ? { tags: { region } } : {}),
  ...(user ? { user: { id: user } } : {}),
  ...(release ? { release } : {}),
  trimmed: [],
});

async function capture(...events: Sent[]): Promise<{ id: string; issue: number | null }[]> {
  const { rows } = await getPool().query<{ settings: unknown }>('SELECT settings FROM project WHERE id = $1', [
    projectId,
  ]);
  const scope = {
    projectId,
    prefix: 'API',
    slug: 'api',
    keyId: 1,
    attachments: null,
    settings: readProjectSettings(rows[0]!.settings),
  };
  const outcomes = await store.store(
    scope,
    events.map((each) => ({ draft: draft(each), raw: {} })),
    now,
  );
  return outcomes.map((each) => {
    if ('refused' in each) throw new Error(each.refused);
    return { id: each.id, issue: each.issueNumber };
  });
}

const split = (input: SplitInput, issueId = 'API-1') => splitIssue({ viewer: ada, issueId, split: input, now });
const read = (issueId: string) => getIssue({ viewer: ada, issueId, now });
const merge = (into: number, from: number) =>
  mergeIssues({ viewer: ada, issueId: `API-${into}`, ids: [`API-${from}`], now });
const unmerge = (into: number, from: number) =>
  unmergeIssue({ viewer: ada, issueId: `API-${into}`, mergedId: `API-${from}`, now });

/** Everything that is counted of the issues that stand by themselves, by their own word and by their rows. */
async function books(): Promise<{ counted: unknown[]; stored: unknown[] }> {
  const counted = await getPool().query(
    `SELECT i.number, i.event_count::int AS events, i.user_count AS users, i.first_seen, i.last_seen, i.last_release,
       (SELECT coalesce(json_agg(json_build_array(h.hour, h.count) ORDER BY h.hour), '[]') FROM issue_hour h
         WHERE h.project_id = i.project_id AND h.issue_number = i.number) AS hours,
       (SELECT count(*)::int FROM issue_user u WHERE u.project_id = i.project_id AND u.issue_number = i.number) AS people,
       (SELECT array_agg(g.hash ORDER BY g.hash) FROM "grouping" g WHERE g.project_id = i.project_id AND g.issue_number = i.number
         AND EXISTS (SELECT FROM event e WHERE e.project_id = i.project_id AND e.hash = g.hash)) AS hashes
     FROM issue i WHERE i.merged_into IS NULL ORDER BY i.number`,
  );
  const stored = await getPool().query(
    `SELECT i.number, count(e.id)::int AS events, count(DISTINCT e.data->'user'->>'id')::int AS users, min(e.time) AS first_seen,
       max(e.time) AS last_seen, (array_agg(e.release ORDER BY e.time DESC, e.id DESC) FILTER (WHERE e.release IS NOT NULL))[1] AS last_release,
       (SELECT coalesce(json_agg(json_build_array(hour, n) ORDER BY hour), '[]') FROM (
         SELECT date_trunc('hour', x.time, 'UTC') AS hour, count(*)::int AS n FROM event x
         WHERE x.project_id = i.project_id AND x.issue_number = i.number GROUP BY 1) hours) AS hours,
       count(DISTINCT e.data->'user'->>'id')::int AS people,
       array_agg(DISTINCT e.hash ORDER BY e.hash) AS hashes
     FROM issue i JOIN event e ON e.project_id = i.project_id AND e.issue_number = i.number
     WHERE i.merged_into IS NULL GROUP BY i.project_id, i.number ORDER BY i.number`,
  );
  return { counted: counted.rows, stored: stored.rows };
}

async function expectBalanced(): Promise<unknown[]> {
  const { counted, stored } = await books();
  expect(counted).toEqual(stored);
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
    (await listActivity({ viewer: ada, issueId, page: { limit: 9 } })).data.map((line) => line.kind);
  expect(await kinds('API-1')).toContain('split');
  expect(await kinds('API-3')).toEqual(['split_from']);
});

test('each event tells which rule put it there, and where else its hashes lead', async () => {
  await capture(...REGIONS);
  const { rule } = await split(EU);
  const [late] = await capture({ region: 'eu' });
  const { grouping } = await getEvent({ viewer: ada, eventId: late!.id });
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
  const values = await countValues({ viewer: ada, issueId: 'API-1' });
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
    listIssueEvents({ viewer: ada, issueId: 'API-1', page: { limit, cursor }, message });
  expect((await found(10)).data).toHaveLength(3);
  const first = await found(2);
  expect((await found(2, first.next_cursor ?? undefined)).data).toHaveLength(1);
});

test('by value without a rule, new events stay where they are', async () => {
  await capture(...REGIONS);
  expect((await split({ ...EU, rule: false })).rule).toBeNull();
  expect((await loadGroupingRules({ viewer: ada, projectId: 'api' })).rules).toEqual([]);
  expect((await capture({ region: 'eu' }))[0]).toMatchObject({ issue: 1 });
  await expectBalanced();
});

test('by hash: new events follow the hash', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'ann' }, { type: 'Other', user: 'bob' });
  await merge(1, 2);
  const groupings = (await listGroupings({ viewer: ada, issueId: 'API-1' })).data;
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
  const before = (await books()).counted.map((each) => ({ ...(each as object), hashes: null }));
  const done = await split(EU);
  expect(await undoChanges({ viewer: ada, token: done.undo, now })).toEqual({ undone: ['API-1'], refused: [] });
  expect((await expectBalanced()).map((each) => ({ ...(each as object), hashes: null }))).toEqual(before);
  expect((await loadGroupingRules({ viewer: ada, projectId: 'api' })).rules).toEqual([]);
  expect(await read('API-2')).toMatchObject({ id: 'API-1', events: 5, users: 3 });
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
      projectId,
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
  await undoChanges({ viewer: ada, token: done.undo, now });
  expect(await fix()).toEqual(was);
});

test('a merge of more than 5,000 people is taken back to the last of them', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'ann' });
  await getPool().query(`INSERT INTO issue_user SELECT $1, 2, md5(n::text) FROM generate_series(1, 6000) AS n`, [
    projectId,
  ]);
  await getPool().query('UPDATE issue SET user_count = 6001 WHERE number = 2');
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

test('an event that waited for the split lands where its hash leads then', async () => {
  await capture({ user: 'ann' }, { type: 'Other', user: 'bob' });
  await merge(1, 2);
  const { rows } = await getPool().query<{ hash: string }>(
    `SELECT DISTINCT hash FROM event WHERE data->'exceptions'->0->>'type' = 'Other'`,
  );
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM issue WHERE number = 1 FOR UPDATE');
  const splitting = split({ hashes: [rows[0]!.hash] });
  await expect
    .poll(async () => (await pool.query(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`)).rows[0].n)
    .toBe(1);
  const capturing = capture({ type: 'Other', user: 'cid' });
  await expect
    .poll(async () => (await pool.query(`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`)).rows[0].n)
    .toBe(2);
  await client.query('COMMIT');
  client.release();
  await splitting;
  expect((await capturing)[0]).toMatchObject({ issue: 3 });
  await expectBalanced();
});

/** The same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'whatever is merged, split, taken back and captured in between, counts are rows (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    const random = (): Sent => ({
      type: ['PayError', 'Other', 'Third', 'Fourth'][roll(4)]!,
      region: ['eu', 'us', 'asia'][roll(3)]!,
      user: `u${roll(6)}`,
      release: `1.${roll(3)}`,
      hoursAgo: 1 + roll(60) + roll(100) / 100,
    });
    await capture(...Array.from({ length: 30 }, random));
    const undos: string[] = [];
    const live = async () =>
      (
        await getPool().query<{ number: number }>('SELECT number FROM issue WHERE merged_into IS NULL ORDER BY number')
      ).rows.map((row) => row.number);
    const any = <T>(list: readonly T[]): T | undefined => list[roll(list.length)];
    for (let step = 0; step < 25; step++) {
      const numbers = await live();
      const issue = any(numbers)!;
      const deed = roll(7);
      const tried = (async () => {
        if (deed === 0) await capture(...Array.from({ length: 3 }, random));
        else if (deed === 1 && numbers.length > 1) await merge(issue, any(numbers.filter((each) => each !== issue))!);
        else if (deed === 2)
          undos.push(
            (
              await split(
                { where: [{ field: 'tag', key: 'region', patterns: [any(['eu', 'us'])!] }], rule: roll(2) === 0 },
                `API-${issue}`,
              )
            ).undo,
          );
        else if (deed === 3)
          undos.push(
            (
              await split(
                { hashes: [any((await listGroupings({ viewer: ada, issueId: `API-${issue}` })).data)!.hash] },
                `API-${issue}`,
              )
            ).undo,
          );
        else if (deed === 4) {
          const { rows } = await getPool().query<{ id: string }>(
            'SELECT replace(id::text, $2, $3) AS id FROM event WHERE issue_number = $1 ORDER BY id LIMIT 3',
            [issue, '-', ''],
          );
          undos.push((await split({ events: rows.map((row) => row.id) }, `API-${issue}`)).undo);
        } else if (deed === 5) {
          const { rows } = await getPool().query<{ number: number; merged_into: number }>(
            'SELECT i.number, i.merged_into FROM issue i JOIN issue t ON t.number = i.merged_into WHERE t.merged_into IS NULL ORDER BY 1',
          );
          const merged = any(rows);
          if (merged) await unmerge(merged.merged_into, merged.number);
        } else if (undos.length > 0)
          await undoChanges({ viewer: ada, token: undos.splice(roll(undos.length), 1)[0]!, now });
      })();
      await tried.catch((error: unknown) => expect(error).toMatchObject({ code: 'conflict' }));
      const { counted, stored } = await books();
      const withEvents = counted.filter((each) => (each as { events: number }).events > 0);
      expect(withEvents, `step ${step}, deed ${deed}`).toEqual(stored);
    }
  },
);
