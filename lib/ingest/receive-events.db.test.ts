import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import { type Capture, createCapture } from './receive-events.server';

const database = useTestDatabase();
const KEY = 'a'.repeat(32);
const DISABLED = 'b'.repeat(32);
const GOOD = { service: 'shop', error_type: 'ValueError', error_message: 'no such cart' };

let pool: Pool;
let capture: Capture;
let open: Capture;
let server: Server;
let base: string;

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url });
  capture = createCapture({ databaseUrl: database.url, openCapture: false });
  open = createCapture({ databaseUrl: database.url, openCapture: true });
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://errata');
    const taken = await (request.headers['x-test-open'] ? open : capture).handle(request, response, url);
    if (!taken) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await capture.drain();
  await open.drain();
  await pool.end();
});
beforeEach(async () => {
  await database.truncate();
  await pool.query(`INSERT INTO project (slug, name, prefix) VALUES ('api', 'API', 'API')`);
  await pool.query(`INSERT INTO project_key (project_id, public_key, enabled) VALUES (1, $1, true), (1, $2, false)`, [
    KEY,
    DISABLED,
  ]);
});

interface Reply {
  status: number;
  body: Record<string, unknown> & { errors?: { field: string; expected: string }[] };
  headers: Headers;
}

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${KEY}` },
): Promise<Reply> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const reply = await fetch(base + path, {
    method: 'POST',
    headers,
    body: typeof raw === 'string' ? raw : new Uint8Array(raw),
  });
  return { status: reply.status, body: await reply.json(), headers: reply.headers };
}

const fields = (reply: Reply): string[] => (reply.body.errors ?? []).map(({ field }) => field);
const lastEvent = async (): Promise<{
  exceptions: { value: string; frames?: unknown[] }[];
  trimmed: string[];
  timestamp: string;
  other?: unknown;
}> => (await pool.query('SELECT data FROM event ORDER BY received_at DESC LIMIT 1')).rows[0].data;

describe('POST /errors', () => {
  it('stores a report and names its issue', async () => {
    const first = await post('/errors', GOOD);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      success: true,
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      issue_id: 'API-1',
      is_new: true,
      known_fix: null,
    });
    expect((await post('/errors/', GOOD)).body).toMatchObject({ issue_id: 'API-1', is_new: false });
  });

  it('takes the key in each of its places', async () => {
    const places: Record<string, string>[] = [
      { 'x-errata-key': KEY },
      { authorization: `bearer ${KEY.toUpperCase()}` },
      { 'x-sentry-auth': `Sentry sentry_version=7,sentry_key=${KEY}` },
      { authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` },
    ];
    for (const headers of places) {
      expect((await post('/errors', GOOD, headers)).status).toBe(201);
    }
    expect((await post(`/errors?key=${KEY}`, GOOD, {})).status).toBe(201);
    expect((await post(`/errors?sentry_key=${KEY}`, GOOD, {})).status).toBe(201);
  });

  it('refuses a missing, unknown or disabled key with a problem document', async () => {
    const none = await post('/errors', GOOD, {});
    expect([none.status, none.body.code, none.headers.get('content-type')]).toEqual([
      401,
      'unauthenticated',
      'application/problem+json',
    ]);
    for (const key of ['c'.repeat(32), DISABLED, "' OR 1=1"]) {
      expect((await post('/errors', GOOD, { 'x-errata-key': key })).status).toBe(403);
    }
  });

  it('takes keyless reports only where the operator allowed it', async () => {
    expect((await post('/errors', GOOD, { 'x-test-open': 'yes' })).status).toBe(201);
  });

  it('names every wrong field', async () => {
    expect(fields(await post('/errors', {}))).toEqual(['service', 'error_type', 'error_message']);
    const wrong = {
      ...GOOD,
      service: 3,
      severity: 'huge',
      tags: 'x',
      timestamp: 'soon',
      user: [],
      event_id: 'z',
      stack_trace: {},
    };
    const reply = await post('/errors', wrong);
    expect(reply.status).toBe(422);
    expect(fields(reply)).toEqual(['service', 'severity', 'stack_trace', 'timestamp', 'tags', 'user', 'event_id']);
    expect(reply.body.errors?.[1]?.expected).toBe('one of low, medium, high, critical');
  });

  it('answers malformed bodies with 400', async () => {
    for (const body of ['', '{', '{"a":1}}', 'NaN', '\u0000', '{"service":"a\u0000b"}']) {
      const reply = await post('/errors', body);
      expect([body, reply.status]).toEqual([body, 400]);
    }
    for (const body of ['[]', '3', 'null', '"x"']) expect((await post('/errors', body)).status).toBe(422);
  });

  it('cuts what is too large, mends what is broken, and says so', async () => {
    const frames = Array.from(
      { length: 10_000 },
      (_, at) => `  File "/srv/app/m${at}.py", line ${at + 1}, in f${at}\n    call()`,
    );
    const reply = await post('/errors', {
      ...GOOD,
      error_message: `nul \u0000 lone \ud800 ${'x'.repeat(2 * 1024 * 1024)}`,
      stack_trace: `Traceback (most recent call last):\n${frames.join('\n')}\nValueError: no`,
      timestamp: '2999-01-01T00:00:00Z',
      unknown_key: { kept: true },
    });
    expect(reply.status).toBe(201);
    const event = await lastEvent();
    expect(event.exceptions[0]?.value).toHaveLength(8192);
    expect(event.exceptions[0]?.value).toMatch(/^nul \ufffd lone \ufffd /);
    expect(event.exceptions[0]?.frames).toHaveLength(250);
    expect(event.other).toEqual({ unknown_key: { kept: true } });
    expect(Date.parse(event.timestamp)).toBeLessThan(Date.now() + 1000);
    for (const field of ['error_message', 'stack_trace', 'exceptions.0.frames', 'timestamp', 'event:']) {
      expect(event.trimmed.some((line) => line.startsWith(field))).toBe(true);
    }
  });

  it('replaces bytes that are no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"service":"s","error_type":"E","error_message":"bad '),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(' end"}'),
    ]);
    expect((await post('/errors', body)).status).toBe(201);
    const event = await lastEvent();
    expect(event.exceptions[0]?.value).toBe('bad \ufffd\ufffd end');
    expect(event.trimmed.join()).toContain('UTF-8');
  });

  it('never fails on odd values', async () => {
    const odd: unknown[] = [
      { additional_data: { '\u0000k\ud800': '\u0000' } },
      { additional_data: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1, "toString": []}') },
      { additional_data: { deep: JSON.parse('['.repeat(200) + ']'.repeat(200)) } },
      { tags: { '': 'x', a: null, b: {}, ['k'.repeat(500)]: 'v', toString: 'x' } },
      { tags: [['a', 1], null, 'word', { key: 'k', value: 'v' }] },
      { user: 42 },
      { release: 1.5 },
      { timestamp: 0 },
      { timestamp: '0001-01-01T00:00:00Z' },
      { timestamp: -5 },
      { timestamp: '9999-12-31T23:59:59Z' },
      { service: '\u0000', environment: '\u0000' },
      { service: 'x'.repeat(100_000), release: 'y'.repeat(100_000), context: 'z'.repeat(100_000) },
      { error_type: 'T'.repeat(50_000) },
      { stack_trace: '\u0000'.repeat(1000) },
      { stack_trace: ['a', 'b'] },
      { error_message: 'ключ 💥 '.repeat(5000) },
      { fingerprint: ['{{ default }}', 1, '\u0000'] },
      { extra: 1, level: 'warn', hasOwnProperty: 1 },
    ];
    const statuses = await Promise.all(
      odd.map(async (fields) => (await post('/errors', { ...GOOD, ...(fields as object) })).status),
    );
    expect(statuses.map((status, at) => [at, status]).filter(([, status]) => status !== 201 && status !== 422)).toEqual(
      [],
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('stores no secret', async () => {
    await post('/errors', {
      ...GOOD,
      error_message: 'card 4111 1111 1111 1111 of ada@example.com, Bearer abcdef123456',
      stack_trace:
        'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in f\n    login(password="hunter2")\nValueError: x',
      additional_data: {
        password: 'hunter2',
        nested: { api_key: 'k-123' },
        body: '{"token":"t-999"}',
        url: 'https://x/?secret=s-42',
      },
    });
    const { rows } = await pool.query(`SELECT coalesce(raw::text, '') || data::text || title AS all FROM event`);
    const { rows: issue } = await pool.query('SELECT title || value AS all FROM issue');
    const everything = rows[0].all + issue[0].all;
    for (const secret of ['4111', 'ada@', 'abcdef123456', 'hunter2', 'k-123', 't-999', 's-42'])
      expect(everything).not.toContain(secret);
    expect(everything).toContain('[Filtered]');
  });

  it('reads gzip, and stops a bomb', async () => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-encoding': 'gzip' };
    expect((await post('/errors', gzipSync(JSON.stringify(GOOD)), headers)).status).toBe(201);
    expect((await post('/errors', Buffer.from('no gzip'), headers)).status).toBe(400);
    expect((await post('/errors', gzipSync(Buffer.alloc(120 * 1024 * 1024)), headers)).status).toBe(413);
    expect((await post('/errors', GOOD, { ...headers, 'content-encoding': 'lzma' })).status).toBe(415);
  });

  it('answers with the published fix', async () => {
    await post('/errors', GOOD);
    await pool.query(`INSERT INTO entry (title, content, status) VALUES ('Empty the cart', '{}', 'published')`);
    await pool.query('UPDATE issue SET known_entry_id = 1, known_confidence = 0.9');
    const reply = await post('/errors', GOOD);
    expect(reply.body.known_fix).toEqual({
      entry: 'ERROR-001',
      title: 'Empty the cart',
      confidence: 0.9,
      url: `${base}/knowledge/ERROR-001`,
    });
    await pool.query(`UPDATE entry SET status = 'retired'`);
    expect((await post('/errors', GOOD)).body.known_fix).toBeNull();
  });

  it('speaks CORS, allows only POST, and leaves other paths alone', async () => {
    const preflight = await fetch(`${base}/errors`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    const get = await fetch(`${base}/errors`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect((await fetch(`${base}/issues`)).status).toBe(418);
  });
});

describe('POST /errors/batch', () => {
  it('stores the good ones and tells of each bad one', async () => {
    const errors = [
      GOOD,
      { service: 'shop' },
      'text',
      { ...GOOD, error_message: 'other', error_type: 'KeyError' },
      null,
    ];
    const reply = await post('/errors/batch', { errors });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ accepted: 2, rejected: 3 });
    const results = reply.body.results as Record<string, unknown>[];
    expect(
      results.map((result) => [result.index, result.issue_id ?? (result.error as { field: string }).field]),
    ).toEqual([
      [0, 'API-1'],
      [1, 'error_type'],
      [2, 'errors.2'],
      [3, 'API-2'],
      [4, 'errors.4'],
    ]);
    await capture.drain();
    const { rows } = await pool.query('SELECT name, value::int FROM capture_counter ORDER BY name');
    expect(rows).toEqual([
      { name: 'accepted', value: 2 },
      { name: 'received', value: 5 },
      { name: 'rejected', value: 3 },
    ]);
  });

  it('refuses more than 1000, none, or no list', async () => {
    for (const body of [{ errors: Array(1001).fill(GOOD) }, { errors: [] }, {}, { errors: {} }, []]) {
      expect(fields(await post('/errors/batch', body))).toEqual(['errors']);
    }
  });

  it('keeps one event of each id when many clients repeat themselves at once', async () => {
    const ids = Array.from({ length: 30 }, () => randomBytes(16).toString('hex'));
    const errors = ids.map((event_id, at) => ({ ...GOOD, event_id, error_type: `E${at % 5}Error` }));
    await Promise.all(Array.from({ length: 6 }, () => post('/errors/batch', { errors })));
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM event');
    expect(rows[0].n).toBe(30);
  });
});
