import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import type { NormalizedEvent } from './event-schema';
import type { RateLimit } from './rate-limit';
import { type Capture, createCapture } from './receive-events.server';
import {
  type Answer,
  chained,
  KEY,
  lines,
  measured,
  newId,
  nodeRequest,
  PROJECT,
  pythonRequest,
  type RawRequest,
  ravenRequest,
  sendRaw,
  storeRequest,
  tunnelRequest,
} from './sentry-fixtures';
import { attachmentPath } from './store-attachments.server';

const database = useTestDatabase();
const OTHER_KEY = 'b'.repeat(32);
const AUTH = `Sentry sentry_key=${KEY}, sentry_version=7`;

let pool: Pool;
let capture: Capture;
let server: Server;
let origin: string;
let folder: string;
let limits: Map<string, RateLimit>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'errata-attachments-'));
  pool = new Pool({ connectionString: database.url });
  limits = new Map();
  capture = createCapture({
    databaseUrl: database.url,
    openCapture: false,
    attachments: { folder, enabled: true, maxBytes: 1000 },
    findLimit: (_, category) => limits.get(category) ?? null,
  });
  server = createServer(async (request, response) => {
    const taken = await capture.handle(request, response, new URL(request.url ?? '/', 'http://errata'));
    if (!taken) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await capture.drain();
  await pool.end();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  limits.clear();
  await database.truncate();
  await pool.query(
    `INSERT INTO project (id, slug, name, prefix) VALUES ($1, 'shop', 'Shop', 'SHOP'), (43, 'other', 'Other', 'OTHER')`,
    [PROJECT],
  );
  await pool.query(`INSERT INTO project_key (project_id, public_key) VALUES ($1, $2), (43, $3)`, [
    PROJECT,
    KEY,
    OTHER_KEY,
  ]);
});

const send = (request: RawRequest, method?: string): Promise<Answer> => sendRaw(origin, request, method);

interface StoredRow {
  data: NormalizedEvent;
  raw: Record<string, unknown>;
  title: string;
  type: string;
}

const stored = async (): Promise<StoredRow[]> =>
  (
    await pool.query(
      `SELECT e.data, e.raw, e.title, i.type FROM event e
       JOIN issue i ON i.project_id = e.project_id AND i.number = e.issue_number ORDER BY e.received_at, e.id`,
    )
  ).rows;
const onlyEvent = async (): Promise<StoredRow> => {
  const rows = await stored();
  expect(rows).toHaveLength(1);
  return rows[0]!;
};
const discarded = async (source: string): Promise<Record<string, number>> => {
  const { rows } = await pool.query(
    `SELECT reason || ':' || category AS name, count::int FROM discarded_item WHERE source = $1 ORDER BY 1`,
    [source],
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
};

describe('keys and addresses', () => {
  const event = (): Buffer => lines({}, { type: 'event' }, { event_id: newId(), message: 'hello' });

  it('takes the key in each of its places, with and without the slash at the end', async () => {
    const plain = (url: string, headers: string[] = [], body = event()): RawRequest => ({
      url,
      headers: ['Host', 'x', ...headers],
      body,
    });
    const places = [
      plain(`/api/42/envelope/?sentry_key=${KEY}`),
      plain(`/api/42/envelope?sentry_key=${KEY}`),
      plain('/api/42/envelope/', ['X-Sentry-Auth', `sentry sentry_version=7,sentry_client=x,sentry_key=${KEY}`]),
      plain('/api/42/envelope/', ['Authorization', `Sentry sentry_key = ${KEY}`]),
      plain('/api/42/envelope/', ['Authorization', `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`]),
      plain('/api/42/envelope/', [], lines({ dsn: `https://${KEY}:secret@errata.test/sub/42` }, { type: 'x' }, {})),
      plain('/api/42/store/', ['X-Sentry-Auth', AUTH], Buffer.from('{"message":"stored"}')),
      plain(`/api/store/?sentry_key=${KEY}`, [], Buffer.from('{"message":"stored"}')),
      tunnelRequest(lines({ dsn: `https://${KEY}@errata.test/42` }, { type: 'event' }, { message: 'through' })),
    ];
    for (const place of places) expect([place.url, (await send(place)).status]).toEqual([place.url, 200]);
    expect(await stored()).toHaveLength(8);
  });

  it('refuses what it cannot tell the project of', async () => {
    const body = event();
    const cases: [number, string, Buffer][] = [
      [401, '/api/42/envelope/', body],
      [401, '/tunnel', body],
      [403, `/api/42/envelope/?sentry_key=${'c'.repeat(32)}`, body],
      [403, `/api/42/envelope/?sentry_key=${OTHER_KEY}`, body],
      [403, '/tunnel', lines({ dsn: `https://${'c'.repeat(32)}@sentry.io/42` })],
      [403, '/tunnel', lines({ dsn: `https://${KEY}@errata.test/43` })],
      [400, `/api/42/envelope/?sentry_key=${KEY}`, lines({ dsn: `https://${OTHER_KEY}@errata.test/42` })],
      [400, `/api/42/envelope/?sentry_key=${KEY}`, lines({ dsn: `https://${KEY}@errata.test/43` })],
      [400, `/api/42/envelope/?sentry_key=${KEY}&sentry_version=9`, body],
      [400, `/api/web/envelope/?sentry_key=${KEY}`, body],
      [404, `/api/42/minidump/?sentry_key=${KEY}`, body],
    ];
    for (const [status, url, sent] of cases) {
      const answer = await send({ url, headers: ['Host', 'x'], body: sent });
      expect([url, answer.status]).toEqual([url, status]);
      expect(answer.body).toEqual({ detail: expect.any(String), causes: expect.any(Array) });
      expect(answer.headers['x-sentry-error']).toBeTruthy();
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
    expect(await stored()).toEqual([]);
  });

  it('lets pages of any origin send', async () => {
    const request = {
      url: '/api/42/envelope/',
      headers: ['Host', 'x', 'Origin', 'https://shop.test'],
      body: Buffer.of(),
    };
    const preflight = await send(request, 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    expect(preflight.headers['access-control-allow-headers']).toContain('X-Sentry-Auth');
    expect((await send(request, 'GET')).status).toBe(405);
    const answer = await send(nodeRequest(event()));
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-expose-headers']).toContain('X-Sentry-Rate-Limits');
  });

  it('leaves the routes of the pages alone', async () => {
    for (const url of ['/api/v1/issues', '/api/auth/session', '/api/42']) {
      expect(
        (await send({ url, headers: ['Host', 'x'], body: Buffer.of() }).catch(() => ({ status: 418 }))).status,
      ).toBe(418);
    }
  });
});

describe('encodings', () => {
  it('expands each of them', async () => {
    const encodings: [string, (data: Buffer) => Buffer][] = [
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['deflate', deflateSync],
      ['deflate', deflateRawSync],
      ['br', brotliCompressSync],
      ['identity', (data) => data],
    ];
    for (const [encoding, encode] of encodings) {
      const body = encode(lines({}, { type: 'event' }, { event_id: newId(), message: encoding }));
      expect((await send(nodeRequest(body, ['Content-Encoding', encoding]))).status).toBe(200);
    }
    expect(await stored()).toHaveLength(encodings.length);
  });

  it('says what is wrong with a body', async () => {
    const gzip = gzipSync(lines({}, { type: 'event' }, chained('TypeError')));
    const bomb = Buffer.concat(Array(1024).fill(gzipSync(Buffer.alloc(1024 * 1024))));
    const cases: [number, string, Buffer][] = [
      [415, 'lzma', gzip],
      [400, 'gzip', gzip.subarray(0, -9)],
      [400, 'gzip', lines({})],
      [400, 'zstd', gzip],
      [413, 'gzip', bomb],
      [400, '', Buffer.from('[]\n')],
      [400, '', Buffer.from('no json')],
      [400, '', Buffer.of()],
      [400, '', lines({}, { type: 'event' }, 'no json')],
      [400, '', lines({}, 'no json')],
    ];
    for (const [status, encoding, body] of cases) {
      const answer = await send(nodeRequest(body, encoding ? ['Content-Encoding', encoding] : []));
      expect([encoding, body.length, answer.status]).toEqual([encoding, body.length, status]);
      expect(answer.headers['x-sentry-error']).toBeTruthy();
    }
  });

  it('takes 11 MB whole', async () => {
    const text = 'x'.repeat(11 * 1024 * 1024);
    const answer = await send(nodeRequest(lines({}, { type: 'event' }, { message: 'large', extra: { text } })));
    expect(answer.status).toBe(200);
    expect((await onlyEvent()).data.trimmed.join()).toContain(`from ${text.length}`);
  });

  it('reads the NaN of old Python clients', async () => {
    const body = Buffer.from('{"message":"NaN in text","extra":{"a":NaN,"b":-Infinity,"c":[Infinity]}}');
    expect((await send(storeRequest(body, AUTH))).status).toBe(200);
    expect((await onlyEvent()).data).toMatchObject({ message: 'NaN in text', extra: { a: null, b: 0, c: [0] } });
  });
});

describe('items', () => {
  it('stores an event whole, under the id of its envelope', async () => {
    const id = newId();
    const answer = await send(
      nodeRequest(lines({ event_id: id }, { type: 'event' }, chained('RangeError', 'PaymentError'))),
    );
    expect(answer.body).toEqual({ id });
    const { data, title } = await onlyEvent();
    expect(data).toMatchObject({ id, protocol: 'sentry', level: 'fatal', environment: 'staging', service: 'checkout' });
    expect(data.exceptions.map(({ type }) => type)).toEqual(['RangeError', 'PaymentError']);
    expect(data.tags).toEqual(
      expect.arrayContaining([
        ['retry', '3'],
        ['beta', 'true'],
      ]),
    );
    expect(data.fingerprint).toEqual(['{{ default }}', 'payments']);
    expect(title).toBe('PaymentError: PaymentError happened');
  });

  it('stores the same envelope once', async () => {
    const body = lines({ event_id: newId() }, { type: 'event' }, chained('TypeError'));
    const [first, second] = [await send(nodeRequest(body)), await send(nodeRequest(body))];
    expect([first.status, second.status, first.text === second.text]).toEqual([200, 200, true]);
    expect(await stored()).toHaveLength(1);
  });

  it('stores the same envelope once although its client lives in another hour', async () => {
    const sent_at = new Date(Date.now() - 5 * 3_600_000).toISOString();
    const event = { ...chained('TypeError'), timestamp: Date.now() / 1000 - 5 * 3600 - 10 };
    const body = lines({ event_id: newId(), sent_at }, { type: 'event' }, event);
    await send(nodeRequest(body));
    await new Promise((go) => setTimeout(go, 20));
    await send(nodeRequest(body));
    const { data } = await onlyEvent();
    expect(Math.abs(Date.parse(data.timestamp) - Date.now() + 10_000)).toBeLessThan(5000);
  });

  it('counts sessions by release', async () => {
    const attrs = { release: 'shop@1', environment: 'staging' };
    const started = new Date().toISOString();
    const sent = [
      lines({}, { type: 'session' }, { sid: newId(), init: true, started, status: 'ok', errors: 0, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: false, started, status: 'ok', errors: 1, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: false, started, status: 'exited', errors: 1, attrs }),
      lines({}, { type: 'session' }, { sid: newId(), init: true, started, status: 'crashed', errors: 1, attrs }),
      lines({}, { type: 'sessions' }, { aggregates: [{ started, exited: 5, errored: 2 }], attrs }),
    ];
    for (const body of sent) expect((await send(nodeRequest(body))).body).toEqual({});
    const { rows } = await pool.query('SELECT * FROM release_session');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...attrs,
      started: '9',
      exited: '5',
      errored: '3',
      crashed: '1',
      abnormal: '0',
    });
  });

  it('adds up what the SDK dropped', async () => {
    const report = (reason: string, quantity: unknown): Buffer =>
      lines({}, { type: 'client_report' }, { discarded_events: [{ reason, category: 'error', quantity }] });
    for (const body of [
      report('before_send', 2),
      report('before_send', 3),
      report('sample rate!', 1),
      report('x', -1),
    ]) {
      expect((await send(nodeRequest(body))).status).toBe(200);
    }
    expect(await discarded('sdk')).toEqual({ 'before_send:error': 5, 'other:error': 1 });
  });

  it('keeps feedback with its event, also when it comes first', async () => {
    const event = chained('TypeError');
    const contexts = {
      feedback: { name: 'Jo', contact_email: 'jo@shop.test', message: 'It broke', associated_event_id: event.event_id },
    };
    await send(nodeRequest(lines({ event_id: newId() }, { type: 'feedback' }, { event_id: newId(), contexts })));
    await send(nodeRequest(lines({}, { type: 'event' }, event)));
    await send(
      nodeRequest(lines({}, { type: 'user_report' }, { event_id: event.event_id, name: 'Al', comments: 'Same' })),
    );
    const { rows } = await pool.query(
      `SELECT f.name, f.message, e.issue_number FROM user_feedback f
       JOIN event e ON e.project_id = f.project_id AND e.id = f.event_id ORDER BY f.received_at`,
    );
    expect(rows).toEqual([
      { name: 'Jo', message: 'It broke', issue_number: 1 },
      { name: 'Al', message: 'Same', issue_number: 1 },
    ]);
    expect(await stored()).toHaveLength(1);
  });

  it('keeps attachments byte for byte, within their limit', async () => {
    const bytes = Buffer.from([0, 10, 255, 10, 13, 0, 123]);
    const id = newId();
    const body = measured(
      { event_id: id },
      [{ type: 'attachment', filename: 'C:\\logs\\app.bin' }, bytes],
      [{ type: 'event' }, chained('TypeError')],
      [{ type: 'attachment', filename: 'large.bin' }, Buffer.alloc(1001)],
    );
    for (const _ of [1, 2]) expect((await send(pythonRequest(body))).body).toEqual({ id });
    const { rows } = await pool.query('SELECT filename, size, sha256, event_id FROM event_attachment');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ filename: 'app.bin', size: bytes.length });
    expect(readFileSync(attachmentPath(folder, PROJECT, rows[0].sha256)).equals(bytes)).toBe(true);
    expect(await discarded('errata')).toEqual({ 'too_large:attachment': 2 });
    await pool.query(`UPDATE project SET settings = '{"attachments": false}' WHERE id = $1`, [PROJECT]);
  });

  it('counts what it does not keep, and turns tracing off', async () => {
    const body = lines(
      {},
      { type: 'span', item_count: 3 },
      { items: [] },
      { type: 'log' },
      '{}',
      { type: 'brand_new' },
      '?',
    );
    const answer = await send(nodeRequest(body));
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(answer.headers['x-sentry-rate-limits']).toBe('3600:transaction;span;profile;replay:project');
    expect(await discarded('errata')).toEqual({ 'not_kept:default': 1, 'not_kept:log_item': 1, 'not_kept:span': 3 });
    expect((await send(storeRequest(Buffer.from('{"type":"transaction","spans":[]}'), AUTH))).status).toBe(200);
    expect(await stored()).toEqual([]);
  });

  it('keeps what stands before a malformed item', async () => {
    const body = Buffer.concat([
      measured({}, [{ type: 'event' }, chained('TypeError')]),
      Buffer.from('\n{"type":\nrest'),
    ]);
    expect((await send(nodeRequest(body))).status).toBe(200);
    expect(await stored()).toHaveLength(1);
    expect(await discarded('errata')).toEqual({ 'malformed:default': 1 });
  });

  it('tells a client to hold back, and from what', async () => {
    limits.set('error', { seconds: 60, categories: ['error'], scope: 'key', reason: 'quota' });
    const event = nodeRequest(lines({}, { type: 'event' }, chained('TypeError')));
    const refused = await send(event);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect(refused.headers['x-sentry-rate-limits']).toBe('60:error:key:quota');
    const mixed = await send(nodeRequest(lines({}, { type: 'event' }, chained('TypeError'), { type: 'session' }, {})));
    expect([mixed.status, mixed.headers['x-sentry-rate-limits']]).toEqual([200, '60:error:key:quota']);
    expect(await discarded('errata')).toEqual({ 'rate_limited:error': 2 });
    limits.clear();
    expect((await send(event)).status).toBe(200);
  });
});

describe('clients of other times and tongues', () => {
  it('reads raven', async () => {
    const culprit = 'pay at cart';
    const exception = [{ type: 'Error', value: 'old', stacktrace: { frames: [null, { function: '?', lineno: 'x' }] } }];
    expect((await send(ravenRequest({ culprit, 'sentry.interfaces.Exception': exception, level: 40 }))).status).toBe(
      200,
    );
    expect((await onlyEvent()).data).toMatchObject({
      level: 'error',
      transaction: culprit,
      exceptions: [{ type: 'Error' }],
    });
  });

  it('reads a flat list of exceptions and an envelope that calls itself JSON', async () => {
    const exception = [
      { type: '*errors.errorString', value: 'cause' },
      { type: '*fmt.wrapError', value: 'outer' },
    ];
    const request = storeRequest(Buffer.from(JSON.stringify({ platform: 'go', exception })), AUTH);
    expect((await send(request)).status).toBe(200);
    const envelope = lines({}, { type: 'transaction' }, { type: 'transaction' });
    const announced = {
      ...request,
      url: '/api/42/envelope/',
      body: envelope,
      headers: ['Host', 'x', 'X-Sentry-Auth', AUTH, 'Content-Type', 'application/json'],
    };
    expect((await send(announced)).status).toBe(200);
    const { data, title } = await onlyEvent();
    expect(data.exceptions.map(({ value }) => value)).toEqual(['cause', 'outer']);
    expect(title).toBe('wrapError: outer');
  });

  it('names a message with a stack after the message', async () => {
    const exception = {
      values: [
        {
          value: 'Disk is full',
          mechanism: { synthetic: true },
          stacktrace: { frames: [{ function: 'main', filename: '/srv/a.js' }] },
        },
      ],
    };
    await send(nodeRequest(lines({}, { type: 'event' }, { platform: 'node', level: 'warning', exception })));
    const { title, type } = await onlyEvent();
    expect([title, type]).toEqual(['Disk is full', '']);
  });

  it('survives every shape of every field', async () => {
    const odd = [
      null,
      0,
      '',
      'text',
      [],
      {},
      [null],
      [[]],
      { values: null },
      { values: [null, 1] },
      [['a', 'b']],
      true,
    ];
    const fields =
      'timestamp level logger platform release environment message logentry exception threads stacktrace breadcrumbs tags extra contexts modules user request fingerprint sdk debug_meta checksum type';
    for (const field of fields.split(' ')) {
      for (const value of odd) {
        const answer = await send(storeRequest(Buffer.from(JSON.stringify({ message: 'odd', [field]: value })), AUTH));
        expect([field, value, answer.status]).toEqual([field, value, 200]);
      }
    }
  });

  it('turns a report of a browser about its policy into an event', async () => {
    const report = {
      'document-uri': 'https://shop.test/cart',
      'effective-directive': 'script-src-elem',
      'blocked-uri': 'https://evil.test/x.js',
    };
    const body = Buffer.from(JSON.stringify({ 'csp-report': report }));
    const answer = await send({ url: `/api/42/security/?sentry_key=${KEY}`, headers: ['Host', 'x'], body });
    expect(answer.status).toBe(200);
    expect((await onlyEvent()).title).toBe("Blocked 'script' from 'evil.test'");
  });

  it('fills in the address only where the client asks for it', async () => {
    const users: [unknown, unknown, unknown][] = [
      [{ id: 7, ip_address: '{{auto}}' }, undefined, { id: '7', ip_address: '127.0.0.1' }],
      [{ id: 7, ip_address: '{{auto}}' }, { settings: { infer_ip: 'never' } }, { id: '7' }],
      [undefined, { settings: { infer_ip: 'auto' } }, { ip_address: '127.0.0.1' }],
      [undefined, undefined, undefined],
    ];
    for (const [user, sdk, expected] of users) {
      await database.truncate();
      await pool.query(`INSERT INTO project (id, slug, name, prefix) VALUES (42, 'shop', 'Shop', 'SHOP')`);
      await pool.query('INSERT INTO project_key (project_id, public_key) VALUES (42, $1)', [KEY]);
      await send(nodeRequest(lines({}, { type: 'event' }, { message: 'who', user, sdk } as Record<string, unknown>)));
      expect((await onlyEvent()).data.user).toEqual(expected);
    }
  });
});

// Requests that were recorded from the real clients, where they lie beside the checkout.
const SHARED = [process.env.ERRATA_SHARED, join(process.cwd(), '../shared')].find((path) => path && existsSync(path));
const SAMPLES = SHARED ? join(SHARED, 'data/sentry/samples') : '';
const EVENTS = SHARED ? join(SHARED, 'data/sentry/events') : '';

function readSample(name: string): RawRequest {
  const { url, rawHeaders } = JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
  return { url, headers: rawHeaders, body: readFileSync(join(SAMPLES, `${name}.bin`)) };
}

const sampleNames =
  SAMPLES && existsSync(SAMPLES)
    ? readdirSync(SAMPLES).flatMap((file) => (/^(?!otlp).*\.bin$/.test(file) ? [file.slice(0, -4)] : []))
    : [];

/** Our own stand for the recorded ones where these are not at hand, so that the replay below always replays something. */
const requests = new Map<string, () => RawRequest>([
  ['own node', () => nodeRequest(lines({ event_id: newId() }, { type: 'event' }, chained('A', 'B', 'C')))],
  ['own python', () => pythonRequest(measured({ event_id: newId() }, [{ type: 'event' }, chained('A')]))],
  ['own raven', () => ravenRequest({ event_id: newId(), message: 'raven' })],
  ['own session', () => nodeRequest(lines({}, { type: 'session' }, { init: true, status: 'ok', attrs: {} }))],
  ...sampleNames.map((name): [string, () => RawRequest] => [name, () => readSample(name)]),
]);

describe('recorded requests', () => {
  it.each([...requests.keys()])('%s is stored once, and never fails when cut short', async (name) => {
    const request = requests.get(name)!();
    const [first, second] = [await send(request), await send(request)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await stored()).length).toBeLessThanOrEqual(1);
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM issue');
    expect(rows[0].n).toBe((await stored()).length);
    const headers = request.headers.map((value, at) =>
      /^content-length$/i.test(request.headers[at - 1] ?? '') ? String(request.body.length - 1) : value,
    );
    const cut = await send({ ...request, headers, body: request.body.subarray(0, -1) });
    expect([200, 400]).toContain(cut.status);
  });

  interface Expected {
    type?: string;
    title?: string | RegExp;
    exceptions?: (string | undefined)[];
    event?: Record<string, unknown>;
  }

  /** What is known of each recorded request: null for those without an event. */
  const EXPECTED: Record<string, Expected | null> = {
    'node-exception-cause-01': null,
    'node7-basic-04': null,
    'node-transaction-01': null,
    'node-transaction_static-01': null,
    'node-logs-01': null,
    'node-metrics-01': null,
    'node-checkin-01': null,
    'node-feedback-01': null,
    'node-clientreport-01': null,
    'python-tx-01': null,
    'go-04': null,
    'node-exception-cause-02': {
      title: /^PaymentError: payment /,
      exceptions: ['TypeError', 'RangeError', 'PaymentError'],
      event: { level: 'fatal', fingerprint: ['{{ default }}', 'payments'], environment: 'staging' },
    },
    'node-big-01': {},
    'node-message-01': { title: 'Disk quota 91% used on /dev/sda1', type: '', event: { level: 'warning' } },
    'node-nonerror-01': { type: '' },
    'node-nonerror-02': { type: '' },
    'node-attachment-01': {},
    'browser-direct-01': {},
    'browser-tunnel-01': {},
    'raven-store-01': { event: { platform: 'node' } },
    'python1-exc-01': { event: { platform: 'python' } },
    'go-01': { event: { platform: 'go' } },
  };

  it.each(Object.entries(EXPECTED).filter(([name]) => sampleNames.includes(name)))('%s', async (name, expected) => {
    const answer = await send(readSample(name));
    if (expected === null) {
      expect(answer.body).toEqual(name.includes('exception-cause') || name.includes('basic') ? {} : expect.anything());
      expect(await stored()).toEqual([]);
      return;
    }
    const { data, title, type } = await onlyEvent();
    expect(answer.body).toEqual({ id: data.id });
    if (expected.title) expect(title).toMatch(expected.title);
    if (expected.type !== undefined) expect(type).toBe(expected.type);
    if (expected.exceptions) expect(data.exceptions.map((exception) => exception.type)).toEqual(expected.exceptions);
    expect(data).toMatchObject(expected.event ?? {});
  });

  it.each(sampleNames.filter((name) => name === 'python-exc-06' || name.startsWith('python-exc')))(
    '%s keeps its stack and the order of its exceptions',
    async (name) => {
      await send(readSample(name));
      const { data, raw } = await onlyEvent();
      const sent =
        (raw.exception as { values?: { type: string; stacktrace?: { frames?: unknown[] } }[] })?.values ?? [];
      expect(data.exceptions.map(({ type }) => type)).toEqual(sent.map(({ type }) => type));
      expect(data.exceptions.map(({ frames = [] }) => frames.length)).toEqual(
        sent.map(({ stacktrace }) => stacktrace?.frames?.length ?? 0),
      );
    },
  );
});

const payloadNames =
  EVENTS && existsSync(join(EVENTS, 'INDEX.json'))
    ? (JSON.parse(readFileSync(join(EVENTS, 'INDEX.json'), 'utf8')) as { file: string; kind: string }[])
        .filter(({ kind }) => kind !== 'otlp-json')
        .map(({ file }) => file)
    : [];

it('takes every published payload, on its own and in an envelope', async () => {
  const refused: string[] = [];
  for (const file of payloadNames) {
    const body = readFileSync(join(EVENTS, file));
    const json = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
    const answers = [
      await send(storeRequest(body, AUTH, ['Content-Type', 'application/json'])),
      await send(pythonRequest(measured({}, [{ type: 'event' }, json]))),
    ];
    for (const { status, text } of answers) if (status !== 200) refused.push(`${file}: ${status} ${text}`);
  }
  expect(refused).toEqual([]);
}, 120_000);
