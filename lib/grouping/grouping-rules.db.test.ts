import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import type { EventDraft } from '../ingest/normalize-event';
import { createEventStore, type EventStore, prepareEvent } from '../ingest/store-events.server';
import { writeBatch } from '../ingest/write-batch.server';
import { makeMember, makeProject } from '../issues/issue-fixture';
import { readProjectSettings } from '../projects/project-settings';
import { groupByPlan, groupEvent } from '.';
import { completeGroupings } from './complete-groupings.server';
import { loadGroupingRules, saveGroupingRules, setGroupingVersion } from './grouping-rules.server';
import { previewRules } from './preview-rules.server';
import { forgetTemplates } from './template-store.server';

const database = useTestDatabase();
const now = new Date('2026-11-20T10:00:00.000Z');

let ada: Viewer;
let projectId: number;
let pool: Pool;
let store: EventStore;
let sent = 0;

beforeAll(() => {
  pool = new Pool({ connectionString: database.url });
  store = createEventStore(pool);
});
afterAll(async () => {
  await store.drain();
  await pool.end();
});
beforeEach(async () => {
  await database.truncate();
  forgetTemplates();
  ada = await makeMember('Ada', 'admin');
  projectId = await makeProject('api');
});

const draft = (more: Partial<EventDraft> = {}): EventDraft => ({
  protocol: 'errors',
  timestamp: new Date(now.getTime() + 1000 * sent++).toISOString(),
  service: 'shop',
  exceptions: [
    { type: 'PaymentError', value: 'refused', frames: [{ filename: 'src/pay.py', function: 'charge', in_app: true }] },
  ],
  trimmed: [],
  ...more,
});

/** Through capture's own way, by the settings as they are now. */
async function capture(...drafts: EventDraft[]) {
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
  return store.store(
    scope,
    drafts.map((each) => ({ draft: each, raw: {} })),
    now,
  );
}
const issuesOf = async (...drafts: EventDraft[]) =>
  (await capture(...drafts)).map((each) => ('refused' in each ? each.refused : each.issueNumber));
const save = (text: string, version?: number) =>
  saveGroupingRules({ viewer: ada, projectId: 'api', input: { text }, version });
const tagged = (region: string) => draft({ tags: { region } });

test('rules join, split, name and level what comes from then on', async () => {
  expect(await issuesOf(tagged('eu'), tagged('us'))).toEqual([1, 1]);
  await save(
    'type:PaymentError tags.region:* -> {{ default }}, {{ tags.region }} title="Payment in {{ tags.region }}" level=fatal',
  );
  expect(await issuesOf(tagged('eu'), tagged('us'), tagged('eu'), draft())).toEqual([2, 3, 2, 1]);
  const { rows } = await pool.query(
    `SELECT i.title, i.level, e.data->'grouping_rules' AS rules, e.title AS event FROM issue i
     JOIN event e ON e.project_id = i.project_id AND e.issue_number = i.number WHERE i.number = 3`,
  );
  expect(rows).toEqual([
    {
      title: 'Payment in us',
      event: 'Payment in us',
      level: 'fatal',
      rules: [expect.objectContaining({ sets: ['fingerprint', 'title', 'level'], level_before: 'error' })],
    },
  ]);
});

test('what a rule drops is not stored, but counted', async () => {
  await save('tags.region:eu -> drop');
  expect(await capture(tagged('eu'), tagged('us'))).toMatchObject([
    { fate: 'filtered', issueNumber: null },
    { issueNumber: 1 },
  ]);
  await expect
    .poll(async () => (await pool.query(`SELECT value::int FROM capture_counter WHERE name = 'filtered'`)).rows, {
      timeout: 5000,
    })
    .toEqual([{ value: 1 }]);
  const { rows } = await pool.query('SELECT source, reason, count::int FROM discarded_item');
  expect(rows).toEqual([{ source: 'errata', reason: 'grouping_rule', count: 1 }]);
});

test('a rule by hash takes in what a template has learnt to be the same', async () => {
  const message = (word: string) => draft({ exceptions: [], message: `worker ${word} lost its lease on the queue` });
  const numbers = await issuesOf(...['alpha', 'beta', 'gamma', 'delta', 'epsilon'].map(message));
  const { rows } = await pool.query<{ hash: string }>('SELECT DISTINCT hash FROM "grouping" WHERE issue_number = $1', [
    numbers[4],
  ]);
  await save(`hash:[${rows.map((row) => row.hash).join(', ')}] -> leases`);
  const [zeta, eta] = await issuesOf(message('zeta'), message('eta'));
  expect(zeta).toBe(eta);
  expect(numbers).not.toContain(zeta);
});

test('rules are saved by version, with a refusal that says where the mistake is', async () => {
  expect(await loadGroupingRules({ viewer: ada, projectId: 'api' })).toEqual({ version: 0, text: '', rules: [] });
  expect((await save('# why\ntype:X -> x', 0)).text).toBe('# why\ntype:X -> x\n');
  await expect(save('type:Y -> y', 0)).rejects.toMatchObject({
    code: 'version_conflict',
    extra: { current_version: 1 },
  });
  await expect(save('type:X -> x\ntyp:Y -> y', 1)).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [
      { field: 'text', message: expect.stringContaining('line 2, column 1: there is no field "typ"; expected type,') },
    ],
  });
  expect((await loadGroupingRules({ viewer: ada, projectId: 'api' })).version).toBe(1);
});

test('a preview tells which events, splits and joins there would be, and changes nothing', async () => {
  const other = () => draft({ exceptions: [{ type: 'StockError', value: 'gone' }], tags: { region: 'eu' } });
  await capture(tagged('eu'), tagged('us'), tagged('us'), other(), other());
  const preview = (text: string, events = 2000) =>
    previewRules({ viewer: ada, projectId: 'api', input: { text }, events });
  const plan = await preview('tags.region:eu -> eu-is-down\ntype:Nothing -> drop\ntype:StockError -> level=info');
  expect(plan).toMatchObject({
    examined: 5,
    complete: true,
    dropped: 0,
    rules: [
      { events: 3, issues: 2, examples: [{ issue: 'API-2', sets: ['fingerprint'] }, { issue: 'API-1' }] },
      { events: 0, issues: 0, examples: [] },
      { events: 2, issues: 1 },
    ],
    splits: [
      { issue: { id: 'API-2' }, stays: 0, goes: [{ issue: null, label: 'eu-is-down', events: 2 }] },
      { issue: { id: 'API-1' }, stays: 2, goes: [{ issue: null, label: 'eu-is-down', events: 1 }] },
    ],
    joins: [
      {
        issue: null,
        label: 'eu-is-down',
        issues: [
          { id: 'API-2', events: 2 },
          { id: 'API-1', events: 1 },
        ],
      },
    ],
  });
  expect((await preview('type:StockError -> drop')).dropped).toBe(2);
  expect((await preview('', 3)).examined).toBe(3);
  let asked = 0;
  const hurried = await previewRules({
    viewer: ada,
    projectId: 'api',
    input: { text: '' },
    events: 2000,
    clock: () => 6000 * asked++,
  });
  expect(hurried).toMatchObject({ examined: 0, complete: false });
  expect(await issuesOf(tagged('eu'))).toEqual([1]);
});

test('with the rules in force as they are, a preview foretells nothing new', async () => {
  await save('tags.region:eu -> eu');
  await capture(tagged('eu'), tagged('us'));
  const same = await previewRules({
    viewer: ada,
    projectId: 'api',
    input: { text: 'tags.region:eu -> eu' },
    events: 100,
  });
  expect([same.splits, same.joins]).toEqual([[], []]);
  const gone = await previewRules({ viewer: ada, projectId: 'api', input: { rules: [] }, events: 100 });
  expect(gone).toMatchObject({ splits: [{ issue: { id: 'API-1' }, goes: [{ issue: { id: 'API-2' }, events: 1 }] }] });
});

// A version that exists here only: it groups by type and service.
const VERSIONS = {
  v1: groupEvent,
  v2: (event: Parameters<typeof groupEvent>[0]) => {
    const grouping = groupEvent(event);
    const hash = Buffer.from(`${grouping.type}/${event.service}`).toString('hex').padEnd(32, '0').slice(0, 32);
    return {
      ...grouping,
      version: 'v2',
      hashes: [hash],
      parts: [{ kind: 'type' as const, value: grouping.type }],
      mining: undefined,
    };
  },
};

test('an issue keeps its events while its project goes over to another version, and after', async () => {
  const write = async (plan: { version: string; previous: string | null }, ...drafts: EventDraft[]) => {
    const pending = drafts.map((each) => {
      const prepared = prepareEvent(projectId, { draft: each, raw: {} }, now);
      return { ...prepared, grouping: groupByPlan({ ...plan, rules: null }, prepared.event, VERSIONS).grouping };
    });
    const groupings = await completeGroupings(pool, pending);
    const batch = pending.map((each, at) => ({ ...each, grouping: groupings[at]! }));
    return (await writeBatch(pool, batch, new Map(), now)).map((each) =>
      'refused' in each ? each.refused : each.issueNumber,
    );
  };
  const pay = () => draft({ service: 'pay' });
  const stock = () => draft({ service: 'stock', exceptions: [{ type: 'StockError', value: 'gone' }] });
  const lease = (word: string) =>
    draft({ service: word, exceptions: [], message: 'worker lost its lease on the queue' });
  expect(await write({ version: 'v1', previous: null }, pay(), stock(), lease('x'))).toEqual([1, 2, 3]);

  await expect(setGroupingVersion({ viewer: ada, projectId: 'api', version: 'v9', now })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  const moved = await setGroupingVersion({ viewer: ada, projectId: 'api', version: 'v2', now, versions: VERSIONS });
  expect(moved.transition).toEqual({ from: 'v1', until: '2027-02-18T10:00:00.000Z' });

  const both = { version: 'v2', previous: 'v1' };
  expect(await write(both, pay(), lease('x'), lease('y'))).toEqual([1, 3, 4]);
  const { rows } = await pool.query(`SELECT issue_number, version FROM "grouping" ORDER BY issue_number, version`);
  expect(rows).toEqual([
    { issue_number: 1, version: 'v1' },
    { issue_number: 1, version: 'v2' },
    { issue_number: 2, version: 'v1' },
    { issue_number: 3, version: 'v1' },
    { issue_number: 3, version: 'v2' },
    { issue_number: 4, version: 'v1' },
    { issue_number: 4, version: 'v2' },
  ]);
  // What did not come meanwhile is new to the new version; all else is known by it alone.
  expect(await write({ version: 'v2', previous: null }, pay(), stock(), lease('x'))).toEqual([1, 5, 3]);
});
