import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { useTestDatabase } from '../db/test-database';
import { type DatabaseProxy, proxyDatabase } from '../db/test-proxy';
import { getEvent } from '../issues/get-event.server';
import type { EventDetail } from '../issues/issue-schema';
import { DEFAULT_PROJECT_SETTINGS } from '../projects/project-settings';
import { createCapturePool } from './capture-pool.server';
import type { ProjectScope } from './project-scope.server';
import { readErrorReport } from './protocols/errors-api';
import { openSpool } from './spool-files.server';
import { createEventStore, type EventStore } from './store-events.server';

const database = useTestDatabase();
const RECEIVED = new Date('2026-11-20T10:00:00.000Z');
const scope: ProjectScope = { projectId: 1, prefix: 'API', slug: 'api', keyId: 1, settings: DEFAULT_PROJECT_SETTINGS };
let direct: Pool;
const opened: { store: EventStore; pool: Pool }[] = [];
let round = 0;

beforeAll(() => {
  direct = new Pool({ connectionString: database.url });
});
afterAll(() => direct.end());
beforeEach(async () => {
  round++;
  await database.truncate();
  await direct.query(`INSERT INTO project (slug, name, prefix) VALUES ('api', 'API', 'API')`);
});
afterEach(async () => {
  for (const { store, pool } of opened.splice(0)) {
    await store.drain();
    await pool.end();
  }
});

/** A process of its own, as far as the memory of what is stored goes. */
function openStore(): EventStore {
  const pool = createCapturePool(database.url, 2);
  const store = createEventStore(pool);
  opened.push({ store, pool });
  return store;
}

async function send(store: EventStore, report: Record<string, unknown>): Promise<string> {
  const read = readErrorReport({ service: 'shop', error_type: 'E', error_message: 'no such cart', ...report });
  if ('error' in read) throw new Error(read.error.message);
  const [outcome] = await store.store(scope, [read], RECEIVED);
  if (!outcome || !('id' in outcome)) throw new Error('the event was refused');
  return outcome.id;
}

/** What tells an event from others that are the same. */
const OWN = new Set(['id', 'first', 'older', 'newer', 'latest']);

/** The event as the API answers it. */
async function whole(id: string): Promise<EventDetail> {
  const event = await getEvent({ viewer: systemViewer(), eventId: id });
  return Object.fromEntries(Object.entries(event).filter(([key]) => !OWN.has(key))) as EventDetail;
}

interface Row {
  data: string;
  raw: string;
}
const rowOf = async (id: string): Promise<Row> =>
  (await direct.query<Row>('SELECT data::text AS data, raw FROM event WHERE id = $1::uuid', [id])).rows[0]!;
const stacks = async (): Promise<number> => (await direct.query('SELECT FROM stack')).rowCount ?? 0;

/** Each test has a stack of its own: what came before is remembered for as long as the process lives. */
const STACKS: Record<string, (name: string) => Record<string, unknown>> = {
  'Java, with causes': (name) => ({
    error_type: 'java.lang.IllegalStateException',
    language: 'java',
    stack_trace: [
      'java.lang.IllegalStateException: cannot pay',
      `\tat shop.cart.${name}.pay(Cart.java:42)`,
      '\tat shop.Main.main(Main.java:7)',
      'Caused by: java.io.IOException: broken "pipe" \\ <pipe>',
      `\tat shop.net.${name}.send(Socket.java:99)`,
      '\t... 1 more',
      'Caused by: java.net.SocketException: reset',
      `\tat shop.net.${name}.write(Raw.java:3)`,
      '\t... 2 more',
    ].join('\n'),
  }),
  Python: (name) => ({
    error_type: 'ValueError',
    stack_trace: `Traceback (most recent call last):\n  File "/app/shop/cart.py", line 12, in ${name}\n    pay(cart)\n  File "/app/shop/pay.py", line 7, in pay\n    raise ValueError("ü€😀")\nValueError: ü€😀`,
  }),
  JavaScript: (name) => ({
    error_type: 'TypeError',
    stack_trace: `TypeError: x is not a function\n    at ${name} (/app/src/cart.js:10:5)\n    at async pay (/app/src/pay.js:3:1)`,
    additional_data: { stack_trace: 'not this one', frames: 'nor this' },
  }),
};

describe.each(Object.entries(STACKS))('a stack of %s', (_, make) => {
  it('is told the same from its own row and from where it is stored once', async () => {
    const store = openStore();
    const report = make(`round${round}`);
    const [inline, first, second] = [await send(store, report), await send(store, report), await send(store, report)];
    expect((await rowOf(inline)).data).toContain(`round${round}`);
    for (const id of [first, second]) {
      const { data, raw } = await rowOf(id);
      expect(data + raw).not.toContain(`round${round}`);
      expect(await whole(id)).toEqual(await whole(inline));
      expect(JSON.stringify((await whole(id)).raw)).toBe(JSON.stringify((await whole(inline)).raw));
    }
    expect(await stacks()).toBe(1);
    expect((await whole(second)).raw).toMatchObject(report);
  });
});

it('leaves a stack that comes once in its row', async () => {
  const store = openStore();
  await send(store, STACKS.Python!(`alone${round}`));
  expect(await stacks()).toBe(0);
});

it('does not take what somebody sends for the name of a stack', async () => {
  const store = openStore();
  const name = `${'a'.repeat(32)}/0`;
  for (const text of [name, `@${'a'.repeat(32)}{}`]) {
    await send(store, { stack_trace: text });
    const id = await send(store, { stack_trace: text, error_message: text, frames: text });
    expect((await whole(id)).raw).toMatchObject({ stack_trace: text, frames: text });
    expect((await whole(id)).exceptions[0]).toMatchObject({ value: text, raw_stack: text });
  }
});

it('keeps the stack of each project apart, and with its project it goes', async () => {
  await direct.query(`INSERT INTO project (slug, name, prefix) VALUES ('web', 'Web', 'WEB')`);
  const store = openStore();
  const report = STACKS.Python!(`both${round}`);
  const read = readErrorReport({ service: 'shop', error_message: 'no', ...report });
  if ('error' in read) throw new Error(read.error.message);
  for (const projectId of [1, 2, 1, 2])
    await send(store, report).then(() => store.store({ ...scope, projectId }, [read], RECEIVED));
  const projects = 'SELECT project_id FROM stack ORDER BY 1';
  expect((await direct.query(projects)).rows.map((row) => row.project_id)).toContain(1);
  await direct.query('DELETE FROM project WHERE id = 1');
  expect((await direct.query(projects)).rows.every((row) => row.project_id === 2)).toBe(true);
});

it('is stored by a process that does not know that another one stored it, and noted once a day', async () => {
  const report = STACKS.Python!(`cold${round}`);
  const [one, other] = [openStore(), openStore()];
  await send(one, report);
  const ids = [await send(one, report), await send(other, report), await send(one, report)];
  await direct.query(`UPDATE stack SET last_used = last_used - 3`);
  await send(one, report);
  const fresh = 'SELECT last_used >= now()::date - 1 AS fresh FROM stack';
  expect((await direct.query(fresh)).rows).toEqual([{ fresh: false }]);
  await send(openStore(), report);
  expect((await direct.query(fresh)).rows).toEqual([{ fresh: true }]);
  const [first, ...rest] = await Promise.all(ids.map(whole));
  for (const event of rest) expect(event).toEqual(first);
});

it('is written again after it was deleted and its process forgot it', async () => {
  const report = STACKS.Python!(`gone${round}`);
  const store = openStore();
  const inline = await send(store, report);
  await send(store, report);
  await direct.query('DELETE FROM event WHERE id <> $1::uuid', [inline]);
  await direct.query('DELETE FROM stack');
  const id = await send(openStore(), report);
  expect(await stacks()).toBe(1);
  expect(await whole(id)).toEqual(await whole(inline));
});

it('is not taken for stored when its batch was rolled back', async () => {
  const report = STACKS.Python!(`back${round}`);
  const store = openStore();
  await send(store, report);
  await direct.query(`ALTER TABLE issue_hour ADD CONSTRAINT refuse CHECK (count < 2) NOT VALID`);
  await expect(send(store, report)).rejects.toThrow();
  expect(await stacks()).toBe(0);
  await direct.query('ALTER TABLE issue_hour DROP CONSTRAINT refuse');
  const id = await send(store, report);
  expect(await stacks()).toBe(1);
  expect((await whole(id)).exceptions[0]?.frames).toHaveLength(2);
});

describe('while the database is away', () => {
  let proxy: DatabaseProxy;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'errata-stacks-'));
    proxy = await proxyDatabase(database.url);
  });
  afterEach(async () => {
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes to disk with its event, and comes back whole after a restart', async () => {
    const report = STACKS['Java, with causes']!(`spooled${round}`);
    const start = async () => {
      const pool = createCapturePool(proxy.url, 2);
      const spool = await openSpool(folder, 1024 * 1024);
      return { pool, spool, store: createEventStore(pool, spool) };
    };
    const before = await start();
    const inline = await send(before.store, report);
    await send(before.store, report);
    const expected = await whole(inline);
    proxy.cut();
    const id = await send(before.store, report);
    await before.store.drain();
    await before.pool.end();
    await direct.query('DELETE FROM stack');
    proxy.restore();
    const after = await start();
    await expect.poll(() => after.spool.bytes, { timeout: 10_000 }).toBe(0);
    expect(await whole(id)).toEqual(expected);
    await after.store.drain();
    await after.pool.end();
  });
});
