import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter as LogsJson } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as LogsProtobuf } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter as TracesJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  SimpleSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { restoreStacks } from '../db/restore-stacks.server';
import { useTestDatabase } from '../db/test-database';
import type { NormalizedEvent } from './event-schema';
import { type Capture, createCapture } from './receive-events.server';

// OpenTelemetry's own SDK and exporters against capture on a port of its own.

const database = useTestDatabase();
const KEY = 'a'.repeat(32);

let pool: Pool;
let capture: Capture;
let server: Server;
let origin: string;
/** Content type and encoding of the requests so far. */
let requests: (string | undefined)[][];
/** Answers that are to be lost on their way: what was stored is not heard of. */
let losing = 0;

beforeAll(async () => {
  pool = new Pool({ connectionString: database.url });
  capture = createCapture({ databaseUrl: database.url, openCapture: false });
  server = createServer((request, response) => {
    requests.push([request.headers['content-type'], request.headers['content-encoding']]);
    if (losing > 0) {
      losing--;
      const answer = response.writeHead.bind(response);
      Object.assign(response, {
        writeHead: (_: number, headers: Record<string, string>) => answer(503, { ...headers, 'retry-after': '1' }),
      });
    }
    void capture.handle(request, response, new URL(request.url ?? '/', 'http://errata'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await capture.drain();
  await pool.end();
});
beforeEach(async () => {
  requests = [];
  losing = 0;
  await database.truncate();
  await pool.query(`INSERT INTO project (slug, name, prefix) VALUES ('api', 'API', 'API')`);
  await pool.query('INSERT INTO project_key (project_id, public_key) VALUES (1, $1)', [KEY]);
});

async function stored(): Promise<NormalizedEvent[]> {
  const { rows } = await pool.query<{ data: NormalizedEvent }>('SELECT data FROM event ORDER BY time, id');
  await restoreStacks(pool, 1, rows);
  return rows.map(({ data }) => data);
}

class PaymentError extends Error {
  override name = 'PaymentError';
}

function charge(order: number): never {
  throw new PaymentError(`payment ${order} failed`);
}

function thrown(): Error {
  try {
    return charge(991);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const resource = resourceFromAttributes({
  'service.name': 'checkout-api',
  'service.version': '1.4.2',
  'deployment.environment.name': 'staging',
  'host.name': 'web-1',
  'telemetry.sdk.language': 'nodejs',
});

/** An exporter as an application sets it up: address and key, nothing else of ours. */
const settings = (signal: 'logs' | 'traces', headers: Record<string, string>) => ({
  url: `${origin}/v1/${signal}`,
  headers,
});
const BEARER = { authorization: `Bearer ${KEY}` };
const SENTRY_STYLE = { 'x-sentry-auth': `sentry sentry_key=${KEY}` };

async function logging(exporter: LogsJson | LogsProtobuf, context: Context, error: Error): Promise<void> {
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  const logger = provider.getLogger('payments', '2.0.0');
  logger.emit({
    severityNumber: SeverityNumber.ERROR,
    severityText: 'ERROR',
    body: 'payment failed',
    exception: error,
    attributes: { 'order.id': 991 },
    context,
  });
  logger.emit({ severityNumber: SeverityNumber.FATAL, body: { msg: 'disk full', left: { bytes: 0 } }, context });
  logger.emit({ severityNumber: SeverityNumber.INFO, body: 'just info', context });
  await provider.shutdown();
}

/** A request that fails in an inner span, as automatic instrumentation records it. @returns the context of the inner span. */
function tracing(provider: BasicTracerProvider, error: Error): Context {
  const tracer = provider.getTracer('payments');
  const outer = tracer.startSpan('POST /pay', {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': 'POST', 'http.route': '/pay', 'user.id': 'u-17' },
  });
  const within = trace.setSpan(ROOT_CONTEXT, outer);
  const inner = tracer.startSpan('charge card', { kind: SpanKind.INTERNAL }, within);
  for (const span of [inner, outer]) {
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.end();
  }
  return trace.setSpan(ROOT_CONTEXT, inner);
}

const EXPECTED = {
  protocol: 'otlp',
  platform: 'node',
  level: 'error',
  service: 'checkout-api',
  release: '1.4.2',
  environment: 'staging',
  server_name: 'web-1',
  logger: 'payments',
};

interface Kind {
  name: string;
  /** As `OTEL_EXPORTER_OTLP_COMPRESSION` names it. */
  compression: string | undefined;
  type: string;
  logs: (headers: Record<string, string>) => LogsJson | LogsProtobuf;
  traces: (headers: Record<string, string>) => SpanExporter;
}
const KINDS: Kind[] = [
  {
    name: 'JSON',
    compression: undefined,
    type: 'application/json',
    logs: (headers) => new LogsJson(settings('logs', headers)),
    traces: (headers) => new TracesJson(settings('traces', headers)),
  },
  {
    name: 'protobuf with gzip',
    compression: 'gzip',
    type: 'application/x-protobuf',
    logs: (headers) => new LogsProtobuf(settings('logs', headers)),
    traces: (headers) => new TracesProtobuf(settings('traces', headers)),
  },
];

describe.each(KINDS)('exporters that speak $name', ({ compression, type, logs, traces }) => {
  const sent = [type, compression];

  beforeEach(() => {
    if (compression) process.env.OTEL_EXPORTER_OTLP_COMPRESSION = compression;
  });
  afterEach(() => {
    delete process.env.OTEL_EXPORTER_OTLP_COMPRESSION;
  });

  it('bring the errors among logs', async () => {
    await logging(logs(SENTRY_STYLE), ROOT_CONTEXT, thrown());
    expect(requests).toEqual([sent]);
    const events = await stored();
    expect(events.map(({ level }) => level).sort()).toEqual(['error', 'fatal']);
    const exception = events.find(({ level }) => level === 'error');
    expect(exception).toMatchObject({ ...EXPECTED, message: 'payment failed', tags: [['order.id', '991']] });
    expect(exception?.exceptions).toMatchObject([{ type: 'PaymentError', value: 'payment 991 failed' }]);
    const frames = exception?.exceptions[0]?.frames ?? [];
    expect(frames.slice(-2).map((frame) => frame.function)).toEqual(['thrown', 'charge']);
    expect(frames.at(-1)).toMatchObject({ in_app: true, filename: expect.stringContaining('otlp-exporters.db.test') });
    const message = events.find(({ level }) => level === 'fatal');
    expect(message).toMatchObject({ message: 'disk full', extra: { body: { left: { bytes: 0 } } }, exceptions: [] });
  });

  it('bring one event of an exception that two spans and a log tell of', async () => {
    const error = thrown();
    const provider = new BasicTracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor(traces(BEARER))],
    });
    const context = tracing(provider, error);
    await provider.shutdown();
    await logging(logs(BEARER), context, error);
    expect(requests).toEqual([sent, sent]);
    const exceptions = (await stored()).filter((event) => event.exceptions.length > 0);
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatchObject({ ...EXPECTED, transaction: 'POST /pay', user: { id: 'u-17' } });
    expect(exceptions[0]?.contexts?.trace).toEqual({
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      span_id: trace.getSpanContext(context)?.spanId,
      parent_span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('bring one event when every span comes in a request of its own', async () => {
    const provider = new BasicTracerProvider({
      resource,
      spanProcessors: [new SimpleSpanProcessor(traces(BEARER))],
    });
    tracing(provider, thrown());
    await provider.shutdown();
    expect(requests).toEqual([sent, sent]);
    expect(await stored()).toHaveLength(1);
  });

  it('send again what they did not hear was stored, and it is stored once', async () => {
    losing = 1;
    await logging(logs(BEARER), ROOT_CONTEXT, thrown());
    expect(requests).toEqual([sent, sent]);
    expect(await stored()).toHaveLength(2);
  });
});
