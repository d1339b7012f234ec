import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import type { ProjectSettings } from '../projects/project-settings';
import { hex } from './ingest-fixtures';
import { type Capture, createCapture } from './receive-events.server';

const database = useTestDatabase();
let pool: Pool;
let capture: Capture;
let server: Server;
let url: string;
let key: string;
let keys = 0;

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url });
  capture = createCapture({ databaseUrl: database.url, openCapture: false });
  server = createServer(async (request, response) => {
    await capture.handle(request, response, new URL(request.url ?? '/', 'http://errata'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await capture.drain();
  await pool.end();
});
beforeEach(async () => {
  // What was counted last would otherwise come after the tables were emptied.
  await capture.drain();
  await database.truncate();
});

/** Quotas live in memory by id, so every test has a project of its own. */
async function project(settings: Partial<ProjectSettings>): Promise<void> {
  key = hex(++keys).replace(/^0/, 'c');
  await pool.query(`INSERT INTO project (id, slug, name, prefix, settings) VALUES ($1, 'api', 'API', 'API', $2)`, [
    keys,
    settings,
  ]);
  await pool.query('INSERT INTO project_key (id, project_id, public_key) VALUES ($1, $1, $2)', [keys, key]);
}
async function post(path: string, body: unknown) {
  const reply = await fetch(url + path, {
    method: 'POST',
    headers: { 'x-errata-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}
const report = (fields: object = {}) => ({
  service: 'shop',
  error_type: 'E',
  error_message: 'no such cart',
  ...fields,
});
async function counters(): Promise<Record<string, number>> {
  await capture.drain();
  const { rows } = await pool.query('SELECT name, value::int AS value FROM capture_counter');
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
const one = async (sql: string): Promise<number> => Number((await pool.query(`SELECT (${sql}) AS n`)).rows[0].n);

it('drops what a filter names, says so, and counts it', async () => {
  await project({ filters: [{ kind: 'message', pattern: 'reset by peer' }] });
  const dropped = await post('/errors', report({ error_message: 'Connection reset by peer' }));
  expect([dropped.status, dropped.body]).toMatchObject([200, { success: true, issue_id: null, filtered: true }]);
  const errors = [report(), report({ error_message: 'read: connection reset by peer' }), report()];
  const { body } = await post('/errors/batch', { errors });
  expect(body.results.map((result: { issue_id: string | null }) => result.issue_id)).toEqual(['API-1', null, 'API-1']);
  expect(await counters()).toEqual({ received: 4, accepted: 2, filtered: 2 });
  expect((await pool.query('SELECT filter, count::int FROM filter_drop')).rows).toEqual([
    { filter: 'message:reset by peer', count: 2 },
  ]);
  expect(await one('SELECT count(*) FROM event')).toBe(2);
});

it('turns away what is beyond the quota, and says for how long', async () => {
  await project({ quota_per_minute: 3 });
  for (let n = 0; n < 3; n++) expect((await post('/errors', report())).status).toBe(201);
  const away = await post('/errors', report());
  expect([away.status, away.body.code, away.headers.get('retry-after')]).toEqual([429, 'rate_limited', '20']);
  expect(away.headers.get('x-sentry-rate-limits')).toBe('20:error:project:quota');
  expect(await counters()).toEqual({ received: 4, accepted: 3, rate_limited: 1 });
});

it('tells Sentry SDKs to hold back', async () => {
  await project({ key_quota_per_minute: 1 });
  await post('/errors', report());
  const reply = await fetch(`${url}/api/${keys}/store/?sentry_key=${key}`, {
    method: 'POST',
    body: JSON.stringify({ event_id: hex(7), message: 'no such cart' }),
  });
  expect([reply.status, reply.headers.get('x-sentry-rate-limits')]).toEqual([429, '60:error:key:quota']);
});

it('counts a repeat of a sampled event once, without a time of its own and after sampling was turned off', async () => {
  await project({ sampling: { enabled: true, per_hour: 10 } });
  const timestamp = new Date().toISOString();
  const errors = Array.from({ length: 60 }, (_, n) =>
    report({ event_id: hex(2000 + n), timestamp: n % 2 === 0 ? timestamp : undefined }),
  );
  await post('/errors/batch', { errors });
  await post('/errors/batch', { errors });
  const sampled = await counters();
  expect(sampled).toEqual({ received: 120, accepted: sampled.accepted, sampled: sampled.sampled, duplicate: 60 });
  await pool.query(`UPDATE project SET settings = '{}'`);
  // The settings of a key are asked for again after five seconds.
  await new Promise((go) => setTimeout(go, 5100));
  await post('/errors/batch', { errors });
  expect(await counters()).toMatchObject({ received: 180, duplicate: 120 });
  expect(await one('SELECT sum(event_count) FROM issue')).toBe(60);
}, 20_000);

it('counts every event of a frequent error and keeps some, a repeat of any never counting twice', async () => {
  await project({ sampling: { enabled: true, per_hour: 20 } });
  const errors = Array.from({ length: 100 }, (_, n) =>
    report({ event_id: hex(1000 + n), timestamp: new Date(Date.now() - n).toISOString() }),
  );
  const { body } = await post('/errors/batch', { errors });
  expect(body.results.filter((result: { sampled?: boolean }) => result.sampled)).toHaveLength(72);
  await post('/errors/batch', { errors });
  expect(await counters()).toEqual({ received: 200, accepted: 28, sampled: 72, duplicate: 100 });
  expect(await one('SELECT count(*) FROM event')).toBe(28);
  expect(await one('SELECT sum(event_count) FROM issue')).toBe(100);
  expect(await one('SELECT sum(count) FROM issue_hour')).toBe(100);
});
