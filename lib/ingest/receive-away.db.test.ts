import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import { type DatabaseProxy, proxyDatabase } from '../db/test-proxy';
import { openKeyMemory } from './key-memory.server';
import { type Capture, createCapture } from './receive-events.server';
import { type Answer, chained, KEY, lines, measured, newId, nodeRequest, PROJECT, sendRaw } from './sentry-fixtures';
import { openSpool, type Spool } from './spool-files.server';

const database = useTestDatabase();
const MEGABYTE = 1024 * 1024;
let direct: Pool;
let proxy: DatabaseProxy;
let folder: string;
let spool: Spool;
let capture: Capture;
let server: Server;
let origin: string;
let isPrepared: boolean;

beforeAll(() => {
  direct = new Pool({ connectionString: database.url });
});
afterAll(() => direct.end());
beforeEach(async () => {
  await database.truncate();
  await direct.query(`INSERT INTO project (id, slug, name, prefix) VALUES ($1, 'shop', 'Shop', 'SHOP')`, [PROJECT]);
  await direct.query(`INSERT INTO project_key (project_id, public_key) VALUES ($1, $2)`, [PROJECT, KEY]);
  folder = mkdtempSync(join(tmpdir(), 'errata-away-'));
  proxy = await proxyDatabase(database.url);
  isPrepared = true;
  await start();
});
afterEach(async () => {
  proxy.restore();
  await stop();
  await proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(maxBytes = MEGABYTE, databaseName = 'one'): Promise<void> {
  spool = await openSpool(join(folder, 'spool'), maxBytes);
  capture = createCapture({
    databaseUrl: proxy.url,
    spool,
    keyMemory: await openKeyMemory(join(folder, 'keys.json'), databaseName),
    isPrepared: () => isPrepared,
    attachments: { folder: join(folder, 'attachments'), enabled: true, maxBytes: 1000 },
  });
  server = createServer((request, response) => {
    void capture.handle(request, response, new URL(request.url ?? '/', 'http://errata'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function stop(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await capture.drain();
}

const post = (path: string, body: object, type = 'application/json', key = KEY): Promise<Answer> =>
  sendRaw(origin, {
    url: path,
    headers: ['Host', 'errata.test', 'Content-Type', type, 'X-Errata-Key', key],
    body: Buffer.from(JSON.stringify(body)),
  });
const report = (message: string) => ({ service: 'shop', error_type: 'E', error_message: message });
const otlp = (...messages: string[]) => ({
  resourceLogs: [
    {
      scopeLogs: [
        {
          logRecords: messages.map((message, at) => ({
            timeUnixNano: `${Date.now() + at}000000`,
            severityNumber: 17,
            body: { stringValue: message },
          })),
        },
      ],
    },
  ],
});
const session = (status: string) => ({
  sid: newId(),
  init: true,
  started: new Date().toISOString(),
  status,
  errors: 0,
  attrs: { release: 'shop@1', environment: 'staging' },
});
const all = async (sql: string): Promise<Record<string, unknown>[]> => (await direct.query(sql)).rows;
const count = async (table: string): Promise<number> => Number((await all(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
const untilEmpty = (): Promise<void> => expect.poll(() => spool.bytes, { timeout: 10_000 }).toBe(0);
/** Lets capture learn the key while the database is there. */
const warmUp = (): Promise<Answer> => post('/errors', report('first'));

describe('while the database is away', () => {
  it('tells each kind of client in its own way that its events are safe, and stores all of them', async () => {
    await warmUp();
    proxy.cut();
    const one = await post('/errors', report('one'));
    expect(one.status).toBe(202);
    expect(one.body).toMatchObject({ success: true, issue_id: null, is_new: false, known_fix: null, spooled: true });
    const batch = await post('/errors/batch', { errors: [report('two'), {}, report('three')] });
    expect(batch.status).toBe(200);
    expect(batch.body).toMatchObject({
      accepted: 2,
      rejected: 1,
      results: [
        { index: 0, issue_id: null, spooled: true },
        { index: 1, error: { code: 'validation_failed' } },
        { index: 2, issue_id: null, spooled: true },
      ],
    });
    const event = chained('TypeError');
    const sentry = await sendRaw(origin, nodeRequest(lines({}, { type: 'event' }, event)));
    expect([sentry.status, sentry.body]).toEqual([200, { id: event.event_id }]);
    const logs = await post('/v1/logs', otlp('four'));
    expect([logs.status, logs.body]).toEqual([200, {}]);
    expect(await count('event')).toBe(1);
    proxy.restore();
    await untilEmpty();
    expect(await count('event')).toBe(6);
  });

  it('tells clients to come back when the spool is full too, and which reports of a batch these are', async () => {
    await warmUp();
    await stop();
    await start(100);
    proxy.cut();
    for (const answer of [await post('/errors', report('one')), await post('/v1/logs', otlp('two'))]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await count('event')).toBe(1);
  });

  it('keeps sessions, what SDKs dropped, feedback and files, and counts them once', async () => {
    await warmUp();
    proxy.cut();
    const id = newId();
    const answers = [
      await sendRaw(
        origin,
        nodeRequest(
          measured(
            { event_id: id },
            [{ type: 'event' }, chained('TypeError')],
            [{ type: 'attachment', filename: 'app.log' }, Buffer.from('line\n')],
          ),
        ),
      ),
      await sendRaw(origin, nodeRequest(lines({}, { type: 'session' }, session('ok')))),
      await sendRaw(origin, nodeRequest(lines({}, { type: 'session' }, session('crashed')))),
      await sendRaw(
        origin,
        nodeRequest(
          lines(
            {},
            { type: 'client_report' },
            { discarded_events: [{ reason: 'before_send', category: 'error', quantity: 3 }] },
          ),
        ),
      ),
      await sendRaw(
        origin,
        nodeRequest(lines({}, { type: 'user_report' }, { event_id: id, name: 'Al', comments: 'It broke' })),
      ),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    // A start in between, before the database is back.
    await stop();
    const kept = readFileSync(join(folder, 'spool', '000000000001.spool'));
    expect(kept.length).toBeGreaterThan(0);
    await start();
    proxy.restore();
    await untilEmpty();
    expect(await all('SELECT started::int, crashed::int FROM release_session')).toEqual([{ started: 2, crashed: 1 }]);
    expect(await all(`SELECT reason, count::int FROM discarded_item WHERE source = 'sdk'`)).toEqual([
      { reason: 'before_send', count: 3 },
    ]);
    expect(await all('SELECT name, message FROM user_feedback')).toEqual([{ name: 'Al', message: 'It broke' }]);
    expect(await all('SELECT filename, size FROM event_attachment')).toEqual([{ filename: 'app.log', size: 5 }]);
  });

  it('adds numbers once although the answer of the database was lost', async () => {
    await warmUp();
    proxy.cutAtAnswer('INSERT 0 0');
    const answer = await sendRaw(origin, nodeRequest(lines({}, { type: 'session' }, session('crashed'))));
    expect(answer.status).toBe(200);
    await untilEmpty();
    expect(await all('SELECT started::int, crashed::int FROM release_session')).toEqual([{ started: 1, crashed: 1 }]);
  });

  it('acknowledges no session, feedback or file that neither the database nor the spool takes', async () => {
    await warmUp();
    await stop();
    await start(100);
    proxy.cut();
    const answer = await sendRaw(origin, nodeRequest(lines({}, { type: 'session' }, session('ok'))));
    expect([answer.status, Number(answer.headers['retry-after']) > 0]).toEqual([503, true]);
  });
});

describe('a start without the database', () => {
  it('takes events of keys it knows from before, and stores them when the database appears', async () => {
    await warmUp();
    await stop();
    proxy.cut();
    await start();
    expect(await post('/errors', report('while away'))).toMatchObject({ status: 202 });
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(KEY);
    proxy.restore();
    await untilEmpty();
    expect(await count('event')).toBe(2);
  });

  it('neither takes nor refuses for good what comes with a key that cannot be checked', async () => {
    await warmUp();
    await stop();
    proxy.cut();
    await start();
    const answer = await post('/errors', report('who?'), 'application/json', 'd'.repeat(32));
    expect([answer.status, Number(answer.headers['retry-after']) > 0]).toEqual([503, true]);
    expect(spool.bytes).toBe(0);
    proxy.restore();
    await expect
      .poll(async () => (await post('/errors', report('who?'), 'application/json', 'd'.repeat(32))).status)
      .toBe(403);
  });

  it('believes no key of another database', async () => {
    await warmUp();
    await stop();
    proxy.cut();
    await start(MEGABYTE, 'two');
    expect((await post('/errors', report('whose?'))).status).toBe(503);
  });

  it('forgets a key that was disabled', async () => {
    await warmUp();
    await direct.query('UPDATE project_key SET enabled = false');
    await stop();
    await start();
    await expect.poll(async () => (await post('/errors', report('x'))).status).toBe(403);
    await stop();
    proxy.cut();
    await start();
    expect((await post('/errors', report('x'))).status).toBe(503);
  });

  it('writes nothing to a database that is not migrated yet', async () => {
    await warmUp();
    await stop();
    isPrepared = false;
    await start();
    expect((await post('/errors', report('early'))).status).toBe(202);
    expect(await count('event')).toBe(1);
    isPrepared = true;
    await untilEmpty();
    expect(await count('event')).toBe(2);
  });
});
