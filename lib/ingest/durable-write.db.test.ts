import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import { type DatabaseProxy, proxyDatabase } from '../db/test-proxy';
import { DEFAULT_PROJECT_SETTINGS } from '../projects/project-settings';
import { createCapturePool } from './capture-pool.server';
import { hex } from './ingest-fixtures';
import type { EventOutcome } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import { readErrorReport } from './protocols/errors-api';
import { openSpool, type Spool } from './spool-files.server';
import { encodeRecord } from './spool-record.server';
import { createEventStore, type EventStore } from './store-events.server';

const database = useTestDatabase();
const RECEIVED = new Date('2026-11-20T10:00:00.000Z');
const MEGABYTE = 1024 * 1024;
let direct: Pool;
let pool: Pool;
let proxy: DatabaseProxy;
let folder: string;
let spool: Spool;
let store: EventStore;
const scope: ProjectScope = {
  projectId: 1,
  prefix: 'API',
  slug: 'api',
  keyId: 1,
  settings: DEFAULT_PROJECT_SETTINGS,
};

beforeAll(() => {
  direct = new Pool({ connectionString: database.url });
});
afterAll(() => direct.end());
beforeEach(async () => {
  await database.truncate();
  await direct.query(`INSERT INTO project (slug, name, prefix) VALUES ('api', 'API', 'API')`);
  folder = mkdtempSync(join(tmpdir(), 'errata-durable-'));
  proxy = await proxyDatabase(database.url);
  await start(MEGABYTE);
});
afterEach(async () => {
  await stop();
  await proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(maxBytes: number): Promise<void> {
  pool = createCapturePool(proxy.url, 3);
  spool = await openSpool(folder, maxBytes);
  store = createEventStore(pool, spool);
}
async function stop(): Promise<void> {
  proxy.restore();
  await store.drain();
  await pool.end();
}

const send = (...reports: Record<string, unknown>[]): Promise<EventOutcome[]> =>
  store.store(
    scope,
    reports.map((fields) => {
      const report = readErrorReport({ service: 'shop', error_type: 'E', error_message: 'no such cart', ...fields });
      if ('error' in report) throw new Error(report.error.message);
      return report;
    }),
    RECEIVED,
  );
const fates = (outcomes: EventOutcome[]): string[] =>
  outcomes.map((outcome) => ('refused' in outcome ? `refused: ${outcome.refused}` : outcome.fate));
const many = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, n) => ({ error_message: `cart ${n} is empty` }));

const one = async (sql: string): Promise<number> => Number((await direct.query(`SELECT (${sql}) AS n`)).rows[0].n);
const rows = (): Promise<number> => one('SELECT count(*) FROM event');
async function counts(): Promise<number[]> {
  return [
    await rows(),
    await one('SELECT coalesce(sum(event_count), 0) FROM issue'),
    await one('SELECT coalesce(sum(count), 0) FROM issue_hour'),
    await one('SELECT coalesce(sum(count), 0) FROM project_hour'),
    await one(`SELECT coalesce(sum(value), 0) FROM capture_counter WHERE name = 'accepted'`),
    await one(`SELECT coalesce(sum(value), 0) FROM capture_counter WHERE name = 'received'`),
  ];
}
const six = (n: number): number[] => [n, n, n, n, n, n];
const untilEmpty = (): Promise<void> => expect.poll(() => spool.bytes, { timeout: 10_000 }).toBe(0);

describe('while the database is away', () => {
  it('keeps events on disk under their ids, and stores them once it is back', async () => {
    const [first] = await send({});
    proxy.cut();
    const kept = [...(await send({}, { event_id: hex(7) })), ...(await send({}))];
    expect(fates(kept)).toEqual(['spooled', 'spooled', 'spooled']);
    expect(store.spoolState()).toMatchObject({ away: true, bytes: spool.bytes });
    proxy.restore();
    await untilEmpty();
    const { rows: stored } = await direct.query(`SELECT replace(id::text, '-', '') AS id FROM event`);
    const ids = [first, ...kept].map((outcome) => outcome && 'id' in outcome && outcome.id);
    expect(stored.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(await counts()).toEqual(six(4));
    expect(fates(await send({}))).toEqual(['stored']);
  });

  it('asks it for nothing after the first failure but whether it is back, and loses none of many', async () => {
    proxy.cut();
    await send({});
    const queries = vi.spyOn(pool, 'query');
    const connections = vi.spyOn(pool, 'connect');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => send(...many(10))));
    expect(queries.mock.calls.map(([query]) => String(query)).filter((text) => text !== 'SELECT 1')).toEqual([]);
    // A query of the pool connects with a callback; a write takes a connection for itself.
    expect(connections.mock.calls.map((given) => given.length)).not.toContain(0);
    vi.restoreAllMocks();
    expect(new Set(outcomes.flatMap(fates))).toEqual(new Set(['spooled']));
    proxy.restore();
    await untilEmpty();
    expect(await counts()).toEqual(six(201));
  });

  it('gives up a database that hangs, and does not double what it then finishes', async () => {
    await send({});
    proxy.hang();
    const both = await Promise.all([send({}), send(...many(2))]);
    expect(both.flatMap(fates)).toEqual(['spooled', 'spooled', 'spooled']);
    proxy.restore();
    await untilEmpty();
    expect(await counts()).toEqual(six(4));
  });

  it('does not double a batch whose commit went through unheard', async () => {
    await send({});
    proxy.cutAtAnswer('COMMIT');
    expect(fates(await send({}, {}))).toEqual(['spooled', 'spooled']);
    await untilEmpty();
    expect(await counts()).toEqual(six(3));
  });

  it('knows a repeat by its id when both came through the spool', async () => {
    proxy.cut();
    await send({ event_id: hex(1) });
    await send({ event_id: hex(1), error_message: 'something else' });
    proxy.restore();
    await untilEmpty();
    expect(await counts()).toEqual(six(1));
    expect(await one('SELECT count(*) FROM issue')).toBe(1);
  });

  it('refuses when the spool is full, and takes events again later', async () => {
    await stop();
    await start(4096);
    proxy.cut();
    const kept = await send({});
    await expect(send(...many(20))).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 });
    proxy.restore();
    await untilEmpty();
    expect([fates(kept), await rows()]).toEqual([['spooled'], 1]);
    expect(fates(await send({}))).toEqual(['stored']);
  });
});

describe('after a crash', () => {
  it('the next start stores what the last one left, whatever of it is stored already', async () => {
    proxy.cut();
    await send(...many(5));
    await store.drain();
    const file = join(folder, readdirSync(folder)[0]!);
    const left = readFileSync(file);
    await stop();
    await start(MEGABYTE);
    await untilEmpty();
    expect(await counts()).toEqual(six(5));
    // As if it had been killed after the commit and before the file went.
    writeFileSync(file, left);
    await stop();
    await start(MEGABYTE);
    await untilEmpty();
    expect(await counts()).toEqual(six(5));
  });

  it('skips a damaged record and one that is no event, and stores the others', async () => {
    proxy.cut();
    await send({});
    await send({});
    await send({});
    await store.drain();
    const file = join(folder, readdirSync(folder)[0]!);
    const data = readFileSync(file);
    data[Math.floor(data.length / 2)] = 0;
    writeFileSync(file, Buffer.concat([data, encodeRecord('{"version":99}'), data.subarray(0, 40)]));
    await stop();
    await start(MEGABYTE);
    await untilEmpty();
    expect(await counts()).toEqual(six(2));
    expect(store.spoolState()).toMatchObject({ damaged: 2, torn: 1, replayed: 2 });
    // What other processes read of it is written after the last record is gone.
    await expect
      .poll(async () => (await direct.query(`SELECT value FROM setting WHERE key = 'capture.spool'`)).rows[0]?.value)
      .toMatchObject({ bytes: 0, replayed: 2 });
  });
});

it('stores each event once while the clock jumps, whichever way', async () => {
  const at = async (received: string, fields: Record<string, unknown> = {}): Promise<string[]> => {
    const report = readErrorReport({ service: 'shop', error_type: 'E', error_message: 'no such cart', ...fields });
    if ('error' in report) throw new Error(report.error.message);
    return fates(await store.store(scope, [report], new Date(received)));
  };
  const own = { event_id: hex(7) };
  await at('2026-11-20T10:00:00Z', own);
  await at('2026-11-22T10:00:00Z', own);
  await at('2026-11-19T10:00:00Z', own);
  proxy.cut();
  await at('2027-03-01T00:00:00Z');
  await at('2026-01-01T00:00:00Z');
  await at('2026-11-19T09:00:00Z', own);
  proxy.restore();
  await untilEmpty();
  expect((await counts()).slice(0, 5)).toEqual(six(3).slice(0, 5));
  expect(await one(`SELECT sum(value) FROM capture_counter WHERE name = 'duplicate'`)).toBe(2);
});

it('stores one half and spools the other when the connection breaks while it looks for a refused event', async () => {
  // The second half fails as an outage does, for as long as the table is there: a trigger cannot be dropped under writes.
  await direct.query(`
    CREATE TABLE outage ();
    CREATE FUNCTION fail_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.service = 'refused' THEN RAISE EXCEPTION 'refused' USING ERRCODE = '22000'; END IF;
      IF NEW.service = 'broken' AND to_regclass('outage') IS NOT NULL THEN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END IF;
      RETURN NEW; END $$;
    CREATE TRIGGER fail_some BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail_some()`);
  const outcomes = await send({}, { service: 'refused' }, { service: 'broken' }, {});
  expect(fates(outcomes)).toEqual(['stored', 'refused: refused', 'spooled', 'spooled']);
  await direct.query('DROP TABLE outage');
  await untilEmpty();
  expect((await counts()).slice(0, 5)).toEqual(six(3).slice(0, 5));
});
