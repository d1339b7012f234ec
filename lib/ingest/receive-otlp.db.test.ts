import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import type { NormalizedEvent } from './event-schema';
import { logsJson, logsProtobuf, nestedLogProtobuf, tracesJson } from './protocols/otlp-fixtures';
import { type Capture, createCapture } from './receive-events.server';

const database = useTestDatabase();
const KEY = 'a'.repeat(32);
const AUTH = { authorization: `Bearer ${KEY}` };
const JSON_TYPE = 'application/json';
const PROTOBUF = 'application/x-protobuf';

let pool: Pool;
let capture: Capture;
let server: Server;
let port: number;

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url });
  capture = createCapture({ databaseUrl: database.url, openCapture: false });
  server = createServer(async (incoming, response) => {
    const taken = await capture.handle(incoming, response, new URL(incoming.url ?? '/', 'http://errata'));
    if (!taken) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await capture.drain();
  await pool.end();
});
beforeEach(async () => {
  // Counts of the test before may be waiting.
  await capture.drain();
  await database.truncate();
  await pool.query(
    `INSERT INTO project (id, slug, name, prefix) VALUES (42, 'api', 'API', 'API'), (43, 'web', 'Web', 'WEB')`,
  );
  await pool.query('INSERT INTO project_key (project_id, public_key) VALUES (42, $1)', [KEY]);
});

interface Reply {
  status: number;
  type: string | undefined;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

/** Sends just these headers, in order, in chunks when the length is not among them. */
function send(path: string, headers: string[], body: Buffer, method = 'POST'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'],
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function post(
  path: string,
  type: string,
  body: Buffer | object,
  headers: Record<string, string> = AUTH,
): Promise<Reply> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const all = { 'content-type': type, 'content-length': String(bytes.length), host: 'errata.test', ...headers };
  return send(path, Object.entries(all).flat(), bytes);
}

const stored = async (): Promise<NormalizedEvent[]> =>
  (await pool.query<{ data: NormalizedEvent }>('SELECT data FROM event ORDER BY time, id')).rows.map(
    ({ data }) => data,
  );
const counters = async (): Promise<Record<string, number>> => {
  await capture.drain();
  const { rows } = await pool.query('SELECT name, value::int FROM capture_counter ORDER BY name');
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};

const now = Date.now();
const nanosAgo = (ms: number): string => String(BigInt(now - ms) * 1_000_000n);
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const THROWN = {
  'exception.type': 'PaymentError',
  'exception.message': 'card refused',
  'exception.stacktrace': 'PaymentError: card refused\n    at charge (/srv/shop/pay.js:10:5)',
};
const RECORDS = [
  { time: nanosAgo(5000), severity: 17, body: 'payment failed', attributes: THROWN },
  { time: nanosAgo(4000), severity: 21, body: { msg: 'disk full' } },
  { time: nanosAgo(3000), severity: 9, body: 'just info' },
];
const SERVER_SPAN = {
  traceId: TRACE,
  spanId: '00f067aa0ba902b9',
  name: 'POST /pay',
  kind: 2,
  attributes: { 'http.route': '/pay', 'http.request.method': 'POST' },
  exceptions: [{ time: nanosAgo(1000), attributes: THROWN }],
};
const CHILD_SPAN = {
  ...SERVER_SPAN,
  spanId: '00f067aa0ba902b7',
  parent: SERVER_SPAN.spanId,
  name: 'charge card',
  kind: 1,
  attributes: {},
  exceptions: [{ time: nanosAgo(2000), attributes: THROWN }],
};

describe('OTLP', () => {
  it('stores the errors among logs, in JSON and in protobuf, and answers in kind', async () => {
    const json = await post('/v1/logs', JSON_TYPE, logsJson(RECORDS));
    expect([json.status, json.type, json.body.toString()]).toEqual([200, JSON_TYPE, '{}']);
    const protobuf = await post('/v1/logs', PROTOBUF, logsProtobuf(RECORDS));
    expect([protobuf.status, protobuf.type, protobuf.body.length]).toEqual([200, PROTOBUF, 0]);
    expect((await stored()).map(({ protocol, level, service }) => [protocol, level, service])).toEqual([
      ['otlp', 'error', 'api'],
      ['otlp', 'fatal', 'api'],
    ]);
    expect(await counters()).toEqual({ received: 4, accepted: 2, duplicate: 2 });
  });

  it('takes gzip, with and without a slash at the end, and under the project too', async () => {
    const body = gzipSync(logsProtobuf(RECORDS));
    const headers = { ...AUTH, 'content-encoding': 'gzip' };
    for (const path of [
      '/v1/logs',
      '/v1/logs/',
      '/api/42/integration/otlp/v1/logs',
      '/api/42/integration/otlp/v1/logs/',
    ]) {
      expect((await post(path, PROTOBUF, body, headers)).status).toBe(200);
    }
    expect(await stored()).toHaveLength(2);
  });

  it('takes the key in each of its places', async () => {
    const places: Record<string, string>[] = [
      AUTH,
      { 'x-errata-key': KEY },
      { 'x-sentry-auth': `sentry sentry_key=${KEY}` },
      { 'x-sentry-auth': `Sentry sentry_version=7,sentry_key=${KEY}` },
    ];
    for (const headers of places) expect((await post('/v1/traces', JSON_TYPE, {}, headers)).status).toBe(200);
    const none = await post('/v1/logs', JSON_TYPE, {}, {});
    expect([none.status, JSON.parse(none.body.toString())]).toEqual([
      401,
      { message: expect.stringContaining('OTEL_EXPORTER_OTLP_HEADERS') },
    ]);
    const unknown = await post('/v1/logs', PROTOBUF, Buffer.alloc(0), { 'x-errata-key': 'b'.repeat(32) });
    expect([unknown.status, unknown.type, unknown.body[0]]).toEqual([403, PROTOBUF, 0x12]);
    expect((await post('/api/43/integration/otlp/v1/logs', JSON_TYPE, {})).status).toBe(403);
  });

  it('makes one event of an exception on nested spans, whichever request they come in', async () => {
    expect((await post('/v1/traces', JSON_TYPE, tracesJson([CHILD_SPAN, SERVER_SPAN]))).status).toBe(200);
    const [event, ...others] = await stored();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ transaction: 'POST /pay', timestamp: new Date(now - 2000).toISOString() });
    await post('/v1/traces', JSON_TYPE, tracesJson([SERVER_SPAN]));
    await post('/v1/traces', JSON_TYPE, tracesJson([CHILD_SPAN]));
    expect(await stored()).toHaveLength(1);
  });

  it('makes one event of an exception on a span and in a log, also when both come at once', async () => {
    const log = { time: nanosAgo(1500), severity: 17, body: 'x', traceId: TRACE, spanId: CHILD_SPAN.spanId };
    const logged = logsJson([{ ...log, attributes: THROWN }]);
    await Promise.all([
      post('/v1/logs', JSON_TYPE, logged),
      post('/v1/traces', JSON_TYPE, tracesJson([SERVER_SPAN])),
      post('/v1/traces', JSON_TYPE, tracesJson([CHILD_SPAN])),
      post('/v1/logs', JSON_TYPE, logged),
    ]);
    await post('/v1/logs', JSON_TYPE, logged);
    expect(await stored()).toHaveLength(1);
    const { rows } = await pool.query('SELECT event_count::int AS count FROM issue');
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('takes metrics and leaves them', async () => {
    const json = await post('/v1/metrics', JSON_TYPE, { resourceMetrics: [{ scopeMetrics: [] }] });
    expect([json.status, json.body.toString()]).toEqual([200, '{}']);
    expect((await post('/v1/metrics', PROTOBUF, Buffer.from([10, 2, 8, 1]))).body).toHaveLength(0);
    expect(await counters()).toEqual({});
  });

  it('says which part of a request was not taken', async () => {
    const body = logsJson(RECORDS);
    (body.resourceLogs[0]!.scopeLogs[0]!.logRecords as unknown[]).push('bad', 7);
    const reply = await post('/v1/logs', JSON_TYPE, body);
    expect([reply.status, JSON.parse(reply.body.toString())]).toEqual([
      200,
      { partialSuccess: { rejectedLogRecords: '2', errorMessage: 'some records are no objects' } },
    ]);
    expect(await counters()).toEqual({ received: 4, accepted: 2, rejected: 2 });
  });

  const good = logsProtobuf(RECORDS);
  const BAD: [string, number, string, Buffer][] = [
    ['a form', 415, 'application/x-www-form-urlencoded', good],
    ['gRPC', 415, 'application/grpc', good],
    ['no JSON', 400, JSON_TYPE, Buffer.from('{"resourceLogs"')],
    ['no object', 400, JSON_TYPE, Buffer.from('[]')],
    ['wrong types', 400, JSON_TYPE, Buffer.from('{"resourceLogs":{"scopeLogs":1}}')],
    [
      'only records that are none',
      400,
      JSON_TYPE,
      Buffer.from('{"resourceLogs":[{"scopeLogs":[{"logRecords":[1]}]}]}'),
    ],
    ['protobuf that is cut', 400, PROTOBUF, good.subarray(0, -1)],
    ['JSON called protobuf', 400, PROTOBUF, Buffer.from(JSON.stringify(logsJson(RECORDS)))],
    ['protobuf called JSON', 400, JSON_TYPE, good],
    ['5000 levels', 400, PROTOBUF, nestedLogProtobuf(5000)],
    ['100,000 lists', 400, JSON_TYPE, Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
    ['65 MiB', 413, PROTOBUF, Buffer.alloc(65 * 1024 * 1024)],
  ];
  it.each(BAD)('refuses %s with %i and a status in the form of the request', async (_, status, type, body) => {
    const reply = await post('/v1/logs', type, body);
    expect([reply.status, reply.type]).toEqual([status, type === PROTOBUF ? PROTOBUF : JSON_TYPE]);
    if (type === PROTOBUF) expect([reply.body[0], reply.body.length]).toEqual([0x12, reply.body[1]! + 2]);
    else expect(JSON.parse(reply.body.toString())).toEqual({ message: expect.any(String) });
    expect(await stored()).toEqual([]);
  });

  it('stops at 64 MiB once decompressed, and at bytes that are no gzip', async () => {
    const headers = { ...AUTH, 'content-encoding': 'gzip' };
    expect((await post('/v1/logs', PROTOBUF, gzipSync(Buffer.alloc(65 * 1024 * 1024)), headers)).status).toBe(413);
    expect((await post('/v1/logs', PROTOBUF, Buffer.from('plain'), headers)).status).toBe(400);
    expect((await post('/v1/logs', PROTOBUF, good, { ...AUTH, 'content-encoding': 'lzma' })).status).toBe(415);
  });

  it('tells clients to come back while the database is away', async () => {
    const away = createCapture({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', openCapture: false });
    const lonely = createServer((incoming, response) => {
      void away.handle(incoming, response, new URL(incoming.url ?? '/', 'http://errata'));
    });
    await new Promise<void>((done) => lonely.listen(0, '127.0.0.1', done));
    const reply = await fetch(`http://127.0.0.1:${(lonely.address() as AddressInfo).port}/v1/logs`, {
      method: 'POST',
      headers: { ...AUTH, 'content-type': PROTOBUF },
      body: new Uint8Array(good),
    });
    lonely.closeAllConnections();
    lonely.close();
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, PROTOBUF]);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is open to pages, takes only POST, and leaves other paths alone', async () => {
    const preflight = await send('/v1/traces', ['host', 'errata.test'], Buffer.alloc(0), 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    const get = await send('/v1/logs', ['host', 'errata.test'], Buffer.alloc(0), 'GET');
    expect([get.status, get.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    expect((await post('/v1/profiles', JSON_TYPE, {})).status).toBe(418);
  });
});

/** Requests of real exporters, recorded beside this checkout; where they are not, ours stand in. */
const SAMPLES = [process.env.ERRATA_SHARED ?? join(process.cwd(), '../shared'), 'data/sentry/samples'].join('/');

interface Sample {
  name: string;
  path: string;
  headers: string[];
  body: Buffer;
}

function recorded(): Sample[] {
  if (!existsSync(SAMPLES)) return [];
  return readdirSync(SAMPLES)
    .filter((file) => /^otlp-.*\.bin$/.test(file))
    .sort()
    .map((file) => {
      const name = file.slice(0, -4);
      const told = JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
      const headers: string[] = told.rawHeaders.map((value: string, at: number, all: string[]) =>
        at % 2 === 1 && all[at - 1]?.toLowerCase() === 'authorization' ? AUTH.authorization : value,
      );
      return { name, path: told.url, headers, body: readFileSync(join(SAMPLES, file)) };
    });
}

const own = (name: string, path: string, type: string, body: Buffer): Sample => {
  const headers = [
    'authorization',
    AUTH.authorization,
    'Content-Type',
    type,
    'Host',
    'x',
    'Transfer-Encoding',
    'chunked',
  ];
  return { name, path, headers, body };
};
const twice = [RECORDS[0]!, { ...RECORDS[0]!, time: nanosAgo(4500), body: 'via exception field' }, ...RECORDS.slice(1)];
const replayed: Sample[] = [
  own('own-logs-json', '/v1/logs', JSON_TYPE, Buffer.from(JSON.stringify(logsJson(twice)))),
  own('own-logs-proto', '/v1/logs', PROTOBUF, logsProtobuf(twice)),
  own('own-traces-json', '/v1/traces', JSON_TYPE, Buffer.from(JSON.stringify(tracesJson([CHILD_SPAN, SERVER_SPAN])))),
  ...recorded(),
];
/** What the events say, apart from when, in an order of its own: several happen in the same millisecond. */
async function contents(): Promise<string[]> {
  const events = await stored();
  return events.map(({ id, timestamp, received_at, contexts, ...rest }) => JSON.stringify(rest)).sort();
}

describe('requests of real exporters', () => {
  it.each(replayed)('$name is stored once, however often it comes', async ({ name, path, headers, body }) => {
    for (let time = 0; time < 2; time++) {
      const reply = await send(path, headers, body);
      const type = headers[headers.indexOf('Content-Type') + 1];
      expect([reply.status, reply.type, reply.body.toString()]).toEqual([200, type, type === PROTOBUF ? '' : '{}']);
    }
    const events = await stored();
    if (path === '/v1/traces') {
      expect(events.map(({ transaction }) => transaction)).toEqual(['POST /pay']);
      expect(events[0]?.exceptions.at(-1)?.type, name).toBe('PaymentError');
      return;
    }
    expect(events.map(({ level, exceptions }) => [level, exceptions.at(-1)?.type]).sort()).toEqual([
      ['error', 'PaymentError'],
      ['error', 'PaymentError'],
      ['fatal', undefined],
    ]);
  });

  it.each(replayed)('$name is never an error of ours when its end is missing', async ({ path, headers, body }) => {
    for (const cut of [1, 2, 10, Math.floor(body.length / 2), body.length - 1]) {
      expect((await send(path, headers, body.subarray(0, -cut))).status).toBe(400);
    }
  });

  const pairs = replayed
    .filter(({ name }) => name.includes('-proto'))
    .flatMap((proto) => {
      const json = replayed.find(({ name }) => name === proto.name.replace('-proto', '-json'));
      return json ? [{ name: proto.name, proto, json }] : [];
    });
  it.each(pairs)('$name gives the events of its JSON form', async ({ proto, json }) => {
    await send(json.path, json.headers, json.body);
    const expected = await contents();
    await pool.query('DELETE FROM event');
    await send(proto.path, proto.headers, proto.body);
    expect(expected).not.toEqual([]);
    expect(await contents()).toEqual(expected);
  });
});
