import { describe, expect, it } from 'vitest';
import { encodeFailure, encodeSuccess, encodingOf } from './protocols/otlp-answer';
import { otlpDraft } from './protocols/otlp-draft';
import {
  type LogFixture,
  logsJson,
  logsProtobuf,
  nestedLogProtobuf,
  type SpanFixture,
  tracesJson,
  tracesProtobuf,
} from './protocols/otlp-fixtures';
import { OtlpFormatError, OtlpTooMany } from './protocols/otlp-values';
import { readOtlp } from './read-otlp';
import { TimeSlices } from './time-slices';

const slices = new TimeSlices();
async function read(signal: 'logs' | 'traces', encoding: 'json' | 'protobuf', body: Buffer | string | object) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { reports, malformed } = await readOtlp(bytes, { signal, encoding, slices });
  return { events: reports.map((report) => otlpDraft(report, 'api')), malformed };
}
const logs = async (...records: LogFixture[]) => (await read('logs', 'json', logsJson(records))).events;
const traces = async (...spans: SpanFixture[]) => (await read('traces', 'json', tracesJson(spans))).events;

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const NOON = '1795262400000000000';
const NOON_ISO = '2026-11-21T12:00:00.000Z';
const noonPlus = (ms: number): string => String(BigInt(NOON) + BigInt(ms) * 1_000_000n);

const THROWN = {
  'exception.type': 'PaymentError',
  'exception.message': 'card 42 refused',
  'exception.stacktrace':
    'PaymentError: card 42 refused\n    at charge (/srv/shop/pay.js:10:5)\n    at handle (/srv/shop/app.js:3:1)',
};
const RESOURCE = {
  'service.name': 'checkout',
  'service.namespace': 'shop',
  'service.version': '1.4.2',
  'service.instance.id': 'pod-7',
  'deployment.environment.name': 'staging',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'process.command_args': ['node', 'app.js'],
};

const SPANS: SpanFixture[] = [
  {
    traceId: TRACE,
    spanId: '00f067aa0ba902b7',
    parent: '00f067aa0ba902b8',
    name: 'POST',
    kind: 3,
    start: noonPlus(5),
    attributes: { 'http.request.method': 'POST', 'url.full': 'https://bank.example/charge?token=t-1' },
    exceptions: [{ time: noonPlus(20), attributes: { ...THROWN, 'exception.escaped': true } }],
    status: { code: 2, message: 'card 42 refused' },
  },
  {
    traceId: TRACE,
    spanId: '00f067aa0ba902b8',
    parent: '00f067aa0ba902b9',
    name: 'charge card',
    start: noonPlus(3),
    exceptions: [{ time: noonPlus(30), attributes: THROWN }],
  },
  {
    traceId: TRACE,
    spanId: '00f067aa0ba902b9',
    parent: 'aaaaaaaaaaaaaaaa',
    name: 'POST',
    kind: 2,
    start: NOON,
    end: noonPlus(50),
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/pay/{id}',
      'url.path': '/pay/7',
      'url.query': 'a=1&token=t-2',
      'http.response.status_code': 500,
      'user.id': 'u-17',
      'shop.tenant': 'acme',
    },
    exceptions: [{ time: noonPlus(40), attributes: THROWN }],
    status: { code: 2 },
  },
];

describe('reading logs', () => {
  it('takes exceptions from WARN on, messages from ERROR on, and nothing below', async () => {
    const kept = async (severity: number | undefined, attributes = {}) =>
      (await logs({ time: NOON, severity, body: 'x', attributes })).map(({ draft }) => draft.level)[0];
    expect([await kept(9, THROWN), await kept(12, THROWN), await kept(13, THROWN), await kept(16, THROWN)]).toEqual([
      undefined,
      undefined,
      'warning',
      'warning',
    ]);
    expect([await kept(13), await kept(16), await kept(17), await kept(20), await kept(21), await kept(24)]).toEqual([
      undefined,
      undefined,
      'error',
      'error',
      'fatal',
      'fatal',
    ]);
    expect([await kept(undefined), await kept(undefined, THROWN), await kept(0)]).toEqual([
      undefined,
      'error',
      undefined,
    ]);
  });

  it('goes by the text of the severity where there is no number', async () => {
    const level = async (severityText: string) =>
      (await logs({ time: NOON, severityText, body: 'x' })).map(({ draft }) => draft.level)[0];
    expect([await level('ERROR'), await level('Critical'), await level('SEVERE'), await level('ERROR2')]).toEqual([
      'error',
      'fatal',
      'error',
      'error',
    ]);
    expect([await level('WARN'), await level('Information'), await level('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('makes an event of an exception, its resource and its scope', async () => {
    const request = logsJson(
      [
        {
          time: noonPlus(1),
          severity: 17,
          body: 'payment failed',
          attributes: { ...THROWN, 'order.id': 991, retry: true },
        },
      ],
      { resource: RESOURCE, scope: 'payments' },
    );
    const [event] = (await read('logs', 'json', request)).events;
    expect(event?.draft).toMatchObject({
      protocol: 'otlp',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      timestamp: '2026-11-21T12:00:00.001Z',
      platform: 'node',
      level: 'error',
      service: 'checkout',
      environment: 'staging',
      release: '1.4.2',
      server_name: 'pod-7',
      logger: 'payments',
      message: 'payment failed',
      exceptions: [{ type: 'PaymentError', value: 'card 42 refused' }],
      tags: [
        ['service.namespace', 'shop'],
        ['order.id', '991'],
        ['retry', 'true'],
      ],
      sdk: { name: 'opentelemetry' },
    });
    expect(event?.draft.exceptions[0]?.frames?.map((frame) => frame.function)).toEqual(['handle', 'charge']);
    expect(event?.draft.contexts?.otel).toMatchObject({
      attributes: { 'order.id': 991 },
      resource: { 'process.command_args': ['node', 'app.js'] },
      scope: { name: 'payments' },
    });
  });

  it('uses what a resource does not say for nothing', async () => {
    const request = logsJson([{ time: NOON, severity: 17, body: 'x' }], {
      resource: { 'service.name': 'unknown_service:node', 'host.name': 'web-1', 'deployment.environment': 'old' },
    });
    const [event] = (await read('logs', 'json', request)).events;
    expect(event?.draft).toMatchObject({ service: 'api', server_name: 'web-1', environment: 'old' });
    expect(event?.draft.release).toBeUndefined();
  });

  it.each([
    [{ 'service.instance.id': '627cc493-f310-47de-96bd-71410b7dec09' }, undefined],
    [{ 'service.instance.id': '627CC493F31047DE96BD71410B7DEC09', 'host.name': 'web-1' }, 'web-1'],
    [{ 'service.instance.id': 'pod-7' }, 'pod-7'],
  ])('names the server of %j %s', async (resource, server) => {
    const [event] = (await read('logs', 'json', logsJson([{ time: NOON, severity: 17, body: 'x' }], { resource })))
      .events;
    expect(event?.draft.server_name).toBe(server);
  });

  it('finds the message of a structured body and keeps the body', async () => {
    const [event] = await logs({ time: NOON, severity: 21, body: { msg: 'disk full', code: 7, at: [1, null] } });
    expect(event?.draft).toMatchObject({
      level: 'fatal',
      message: 'disk full',
      exceptions: [],
      extra: { body: { msg: 'disk full', code: 7, at: [1, null] } },
    });
    const messages = await logs(
      { time: NOON, severity: 17, body: { code: 7 } },
      { time: NOON, severity: 17, body: ['a', 1] },
      { time: NOON, severity: 17, eventName: 'payment.crashed' },
    );
    expect(messages.map(({ draft }) => draft.message)).toEqual(['{"code":7}', '["a",1]', 'payment.crashed']);
  });

  it('splits names of packages off in the languages that have them, and keeps a stack that it cannot read', async () => {
    const request = logsJson(
      [
        {
          time: NOON,
          severity: 17,
          attributes: {
            'exception.type': 'com.shop.PaymentException',
            'exception.message': 'no',
            'exception.stacktrace':
              'com.shop.PaymentException: no\n\tat com.shop.Pay.charge(Pay.java:10)\nCaused by: java.io.IOException: x\n\tat com.shop.Net.send(Net.java:5)',
          },
        },
        { time: NOON, severity: 17, attributes: { 'exception.type': 'A', 'exception.stacktrace': 'no frames here' } },
        { time: NOON, severity: 17, attributes: { 'exception.message': 'only words' } },
      ],
      { resource: { 'telemetry.sdk.language': 'java' } },
    );
    const [java, odd, typeless] = (await read('logs', 'json', request)).events;
    expect(java?.draft.platform).toBe('java');
    expect(java?.draft.exceptions.map(({ type, module }) => [type, module])).toEqual([
      ['IOException', 'java.io'],
      ['PaymentException', 'com.shop'],
    ]);
    expect(odd?.draft.exceptions).toEqual([{ type: 'A', raw_stack: 'no frames here' }]);
    expect(typeless?.draft.exceptions).toEqual([{ value: 'only words' }]);
  });

  it('keeps no secret and nothing PostgreSQL refuses', async () => {
    const [event] = await logs({
      time: NOON,
      severity: 17,
      body: 'login of ada@example.com',
      attributes: {
        ...THROWN,
        'db.password': 'hunter2',
        odd: '\u0000\ud800',
        'http.request.header.cookie': ['sid=s-1'],
      },
    });
    const text = JSON.stringify(event);
    for (const secret of ['hunter2', 'ada@', 's-1', '\\u0000', '\\ud800']) expect(text).not.toContain(secret);
    expect(event?.draft.request).toEqual({ headers: { cookie: '[Filtered]' } });
  });
});

describe('reading traces', () => {
  it('makes one event of an exception that passed through several spans', async () => {
    const found = await traces(...SPANS);
    expect(found).toHaveLength(1);
    const { draft } = found[0]!;
    expect(draft).toMatchObject({
      timestamp: '2026-11-21T12:00:00.020Z',
      timeCorrected: true,
      transaction: 'POST /pay/{id}',
      user: { id: 'u-17' },
      request: { method: 'POST', url: '/pay/7', query_string: 'a=1&token=[Filtered]' },
      contexts: {
        trace: { trace_id: TRACE, span_id: '00f067aa0ba902b7', parent_span_id: '00f067aa0ba902b8' },
        response: { status_code: 500 },
      },
    });
    expect(draft.exceptions.at(-1)?.mechanism?.handled).toBe(false);
    expect(draft.tags).toContainEqual(['shop.tenant', 'acme']);
    expect(JSON.stringify(found)).not.toMatch(/t-1|t-2/);
  });

  it('does so in whatever order the spans come', async () => {
    const ordered = (await traces(...SPANS)).map(({ draft }) => draft);
    expect((await traces(...[...SPANS].reverse())).map(({ draft }) => draft)).toEqual(ordered);
  });

  it('gives an exception the same id on a span, on another span and in a log', async () => {
    const ids = await Promise.all([
      traces(SPANS[0]!),
      traces(SPANS[2]!),
      logs({
        time: noonPlus(60),
        severity: 17,
        traceId: TRACE.toUpperCase(),
        spanId: '00f067aa0ba902b7',
        attributes: THROWN,
      }),
      logs({
        time: noonPlus(60),
        severity: 17,
        traceId: TRACE,
        attributes: { ...THROWN, 'exception.type': 'shop.PaymentError' },
      }),
    ]);
    expect(new Set(ids.map(([event]) => event?.draft.id)).size).toBe(1);
    const [other] = await traces({ ...SPANS[0]!, traceId: 'f'.repeat(32) });
    expect(other?.draft.id).not.toBe(ids[0]?.[0]?.draft.id);
  });

  it('names the transaction by the outermost span there is where none takes requests', async () => {
    const [event] = await traces(SPANS[0]!, SPANS[1]!);
    expect(event?.draft.transaction).toBe('charge card');
  });

  it('survives spans that are their own ancestors', async () => {
    const ring = { ...SPANS[0]!, parent: SPANS[0]!.spanId };
    expect(await traces(ring)).toHaveLength(1);
  });

  it('tells why a request failed only when no exception does', async () => {
    const failed: SpanFixture = {
      traceId: TRACE,
      spanId: '00f067aa0ba902c0',
      name: 'GET /orders',
      kind: 2,
      end: noonPlus(9),
      attributes: { 'error.type': 'TimeoutError' },
      status: { code: 2, message: 'database did not answer' },
    };
    const [event] = await traces(failed);
    expect(event?.draft).toMatchObject({
      transaction: 'GET /orders',
      exceptions: [{ type: 'TimeoutError', value: 'database did not answer' }],
      timestamp: '2026-11-21T12:00:00.009Z',
    });
    const [words] = await traces({ ...failed, attributes: { 'error.type': '500' } });
    expect(words?.draft).toMatchObject({ message: 'database did not answer', exceptions: [] });
    expect(await traces({ ...failed, attributes: { 'error.type': '500' }, status: { code: 2 } })).toEqual([]);
    expect(await traces({ ...failed, kind: 1, parent: 'aaaaaaaaaaaaaaaa' })).toEqual([]);
    expect(await traces({ ...failed, status: { code: 0, message: 'x' } })).toEqual([]);
    expect(await traces(failed, SPANS[1]!)).toHaveLength(1);
  });
});

describe('ids', () => {
  it('are the same when the same is sent again, and differ for two that are alike', async () => {
    const same = { time: NOON, severity: 17, body: 'again', attributes: THROWN };
    const first = (await logs(same, same, { ...same, time: noonPlus(1) })).map(({ draft }) => draft.id);
    expect(new Set(first).size).toBe(3);
    expect((await logs(same, same, { ...same, time: noonPlus(1) })).map(({ draft }) => draft.id)).toEqual(first);
  });

  it('are left out where nothing tells one occurrence from the next', async () => {
    expect((await logs({ severity: 17, body: 'x' })).map(({ draft }) => draft.id)).toEqual([undefined]);
  });
});

describe('encodings', () => {
  const RECORDS: LogFixture[] = [
    {
      time: NOON,
      observed: noonPlus(1),
      severity: 17,
      severityText: 'ERROR',
      body: 'payment failed',
      attributes: THROWN,
    },
    {
      observed: noonPlus(2),
      severity: 21,
      body: { msg: 'structured', code: -7, big: 9007199254740991, deep: { a: [1, 'x', null, 0.5, true] } },
      eventName: 'payment.crashed',
      traceId: TRACE,
      spanId: '00f067aa0ba902b7',
      attributes: { list: ['a', 'b'], ratio: 0.25, ключ: '💥' },
    },
    { time: NOON, severity: 9, body: 'just info' },
  ];

  it('of the same logs give the same events', async () => {
    const json = await read('logs', 'json', logsJson(RECORDS, { resource: RESOURCE }));
    expect(json.events).toHaveLength(2);
    expect(json.events[1]?.draft.timestamp).toBe('2026-11-21T12:00:00.002Z');
    expect(await read('logs', 'protobuf', logsProtobuf(RECORDS, { resource: RESOURCE }))).toEqual(json);
  });

  it('of the same traces give the same events', async () => {
    const json = await read('traces', 'json', tracesJson(SPANS, { resource: RESOURCE }));
    expect(json.events).toHaveLength(1);
    expect(await read('traces', 'protobuf', tracesProtobuf(SPANS, { resource: RESOURCE }))).toEqual(json);
  });

  it('take 64-bit numbers as text and as number, and ids in capitals', async () => {
    const record = (time: unknown, intValue: unknown, traceId: string) => ({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: time,
                  severityNumber: '17',
                  traceId,
                  body: { stringValue: 'x' },
                  attributes: [{ key: 'n', value: { intValue } }],
                  unknownKey: 1,
                },
              ],
            },
          ],
        },
      ],
    });
    const text = await read('logs', 'json', record(NOON, '10', TRACE.toUpperCase()));
    const number = await read('logs', 'json', record(Number(NOON), 10, TRACE));
    expect(text).toEqual(number);
    expect(text.events[0]?.draft).toMatchObject({ timestamp: NOON_ISO, tags: [['n', '10']] });
  });
});

describe('requests that are none', () => {
  const good = logsProtobuf([{ time: NOON, severity: 17, body: 'x', attributes: THROWN }]);
  const levels = (count: number): string =>
    '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":17,"body":' +
    '{"arrayValue":{"values":['.repeat(count) +
    '{}' +
    ']}}'.repeat(count) +
    '}]}]}]}';
  const BAD: [string, 'json' | 'protobuf', Buffer | string | object][] = [
    ['no JSON', 'json', '{"resourceLogs":'],
    ['nothing', 'json', ''],
    ['a list', 'json', []],
    ['no list of resources', 'json', { resourceLogs: 'x' }],
    ['resources that are no objects', 'json', { resourceLogs: [1, 2] }],
    ['no list of scopes', 'json', { resourceLogs: [{ scopeLogs: {} }] }],
    ['no list of records', 'json', { resourceLogs: [{ scopeLogs: [{ logRecords: 7 }] }] }],
    ['records that are no objects', 'json', { resourceLogs: [{ scopeLogs: [{ logRecords: ['x', null] }] }] }],
    ['101 levels', 'json', levels(101)],
    ['5000 levels', 'json', levels(5000)],
    ['101 levels', 'protobuf', nestedLogProtobuf(101)],
    ['5000 levels', 'protobuf', nestedLogProtobuf(5000)],
    ['half', 'protobuf', good.subarray(0, good.length / 2)],
    ['all but one byte', 'protobuf', good.subarray(0, -1)],
    ['JSON', 'protobuf', '{"resourceLogs":[]}'],
    ['groups that do not end', 'protobuf', Buffer.alloc(1000, 0x0b)],
    ['a length beyond the end', 'protobuf', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x07])],
    ['a varint that does not end', 'protobuf', Buffer.alloc(20, 0xff)],
    ['field number 0', 'protobuf', Buffer.from([0x02, 0x00])],
  ];

  it.each(BAD)('are refused: %s in %s', async (_, encoding, body) => {
    await expect(read('logs', encoding, body)).rejects.toThrow(OtlpFormatError);
  });

  it('are refused wherever they are cut, whichever byte is another', async () => {
    const outcome = (body: Buffer): Promise<string> =>
      read('logs', 'protobuf', body).then(
        () => 'read',
        (error: unknown) => (error instanceof OtlpFormatError ? 'refused' : String(error)),
      );
    for (let at = 0; at < good.length; at++) {
      const flipped = Buffer.from(good);
      flipped[at] = good[at]! ^ 0xff;
      expect(['read', 'refused']).toContain(await outcome(flipped));
      expect(await outcome(good.subarray(0, at))).toBe(at === 0 ? 'read' : 'refused');
    }
  });

  it('are told from those that say nothing', async () => {
    const nothing = { events: [], malformed: 0 };
    expect(await read('logs', 'json', {})).toEqual(nothing);
    expect(await read('logs', 'protobuf', Buffer.alloc(0))).toEqual(nothing);
    expect(await read('traces', 'json', { resourceSpans: null })).toEqual(nothing);
    expect(await read('logs', 'json', { resourceLogs: [{ resource: 1, scopeLogs: [{ scope: 'x' }] }] })).toEqual(
      nothing,
    );
  });

  it('do not sink the good records beside them', async () => {
    const request = logsJson([{ time: NOON, severity: 17, body: 'good' }]);
    const records = request.resourceLogs[0]!.scopeLogs[0]!.logRecords as unknown[];
    records.push('bad', null, {
      severityNumber: { a: 1 },
      timeUnixNano: [],
      attributes: 'x',
      body: 5,
      traceId: 7,
    });
    const found = await read('logs', 'json', request);
    expect(found.malformed).toBe(2);
    expect(found.events.map(({ draft }) => draft.message)).toEqual(['good']);
  });

  it('are refused when there is more in them than fits', async () => {
    const scopes = (scope: string): string => `{"resourceLogs":[{"scopeLogs":[${scope}]}]}`;
    const records = (count: number): string => `{"logRecords":[${Array(count).fill('{}')}]}`;
    await expect(read('logs', 'json', scopes(records(100_001)))).rejects.toThrow(OtlpTooMany);
    await expect(read('logs', 'json', `[${'[],'.repeat(4_000_000)}[]]`)).rejects.toThrow(OtlpTooMany);
    const empty = Buffer.concat([Buffer.from([0x0a, 0x80, 0xb5, 0x18]), Buffer.alloc(400_000)]);
    for (let at = 4; at < empty.length; at += 2) empty[at] = 0x12;
    await expect(read('logs', 'protobuf', empty)).rejects.toThrow(OtlpTooMany);
    const error = '{"severityNumber":17,"body":{"stringValue":"x"}}';
    const errors = `{"logRecords":[${Array(20_001).fill(error)}]}`;
    await expect(read('logs', 'json', scopes(errors))).rejects.toThrow(OtlpTooMany);
  });

  it('lose what one record or resource has too much of', async () => {
    const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, 'v']));
    const log = { time: NOON, severity: 17, body: 'x', attributes: wide };
    const resource = { 'service.name': 'shop', long: 'x'.repeat(20_000) };
    for (const [encoding, body] of [
      ['json', logsJson([log], { resource })],
      ['protobuf', logsProtobuf([log], { resource })],
    ] as const) {
      const [event] = (await read('logs', encoding, body)).events;
      expect(event?.draft).toMatchObject({ message: 'x', service: 'shop' });
      expect(event?.draft.tags).toHaveLength(100);
      expect(event?.draft.trimmed.join()).toContain('attributes: kept the first 1000 keys');
      expect(event?.draft.contexts?.otel).toMatchObject({ resource: { 'service.name': 'shop' } });
      expect(JSON.stringify(event).length).toBeLessThan(50_000);
    }
  });
});

describe('answers', () => {
  it('are empty in protobuf when all went well', () => {
    expect(encodeSuccess('json', 'logs', 0, '')).toBe('{}');
    expect(encodeSuccess('protobuf', 'logs', 0, '')).toHaveLength(0);
  });

  it('count what was rejected', () => {
    expect(JSON.parse(String(encodeSuccess('json', 'logs', 3, 'x')))).toEqual({
      partialSuccess: { rejectedLogRecords: '3', errorMessage: 'x' },
    });
    expect(JSON.parse(String(encodeSuccess('json', 'traces', 1, 'x')))).toHaveProperty(
      'partialSuccess.rejectedSpans',
      '1',
    );
    expect(Buffer.from(encodeSuccess('protobuf', 'logs', 3, 'x')).toString('hex')).toBe('0a0508031201' + '78');
  });

  it('tell failures as a status', () => {
    expect(encodeFailure('json', 'no')).toBe('{"message":"no"}');
    expect(Buffer.from(encodeFailure('protobuf', 'no')).toString('hex')).toBe('12026e6f');
  });

  it('go by the content type', () => {
    expect(
      ['application/json; charset=utf-8', 'Application/X-Protobuf', 'text/plain', undefined].map(encodingOf),
    ).toEqual(['json', 'protobuf', null, null]);
  });
});
