import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT_SETTINGS } from '../projects/project-settings';
import { QueueFull } from './group-commit';
import type { EventOutcome } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import { logsProtobuf, tracesJson } from './protocols/otlp-fixtures';
import type { RateLimit } from './rate-limit';
import { receiveOtlp } from './receive-otlp.server';
import type { EventStore, IncomingEvent } from './store-events.server';

// What a client hears when the store does not take everything; with a database it is receive-otlp.db.test.ts.

const SCOPE: ProjectScope = {
  projectId: 1,
  prefix: 'API',
  slug: 'api',
  keyId: 1,
  settings: DEFAULT_PROJECT_SETTINGS,
};
let server: Server;
let origin: string;
let store: (events: readonly IncomingEvent[]) => Promise<EventOutcome[]>;
let stored: number[];
let limit: RateLimit | null;

const accepted = ({ draft }: IncomingEvent): EventOutcome => ({
  fate: 'stored',
  id: draft.id ?? '',
  projectId: 1,
  issueNumber: 1,
  isNew: false,
  duplicate: false,
  knownFix: null,
});

beforeAll(async () => {
  const events: EventStore = {
    store: (_, incoming) => {
      stored.push(incoming.length);
      return store(incoming);
    },
    refuse: () => {},
    turnAway: () => limit,
    companions: { store: async () => {}, drain: async () => {} },
    spoolState: () => null,
    drain: async () => {},
  };
  const keys = { find: async () => SCOPE, findDefault: async () => SCOPE };
  const find = receiveOtlp({ keys, events, publicUrl: undefined, openCapture: false });
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://errata');
    void find(url.pathname)?.(request, response, url);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  stored = [];
  limit = null;
  store = async (incoming) => incoming.map(accepted);
});

function send(path: string, type: string, body: Buffer | string): Promise<Response> {
  const headers = { 'content-type': type, 'x-errata-key': 'a'.repeat(32) };
  return fetch(origin + path, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}
const error = (at: number) => ({
  time: String(1_795_262_400_000_000_000n + BigInt(at)),
  severity: 17,
  body: `no ${at}`,
});
const hex = async (reply: Response): Promise<string> => Buffer.from(await reply.arrayBuffer()).toString('hex');

describe('the answer of OTLP', () => {
  it('asks to come back later when there is too much, in the form of the request', async () => {
    limit = { seconds: 7, categories: ['error'], scope: 'key' };
    const reply = await send('/v1/logs', 'application/x-protobuf', logsProtobuf([error(1)]));
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '7']);
    expect(reply.headers.get('content-type')).toBe('application/x-protobuf');
    expect(
      Buffer.from(await hex(reply), 'hex')
        .subarray(2)
        .toString(),
    ).toMatch(/^The quota of events of the key/);
    const info = await send('/v1/logs', 'application/x-protobuf', logsProtobuf([{ ...error(1), severity: 9 }]));
    expect(info.status).toBe(200);
    limit = null;
    store = async () => {
      throw new QueueFull();
    };
    const full = await send('/v1/logs', 'application/x-protobuf', logsProtobuf([error(1)]));
    expect([full.status, Number(full.headers.get('retry-after')) > 0]).toEqual([503, true]);
  });

  it('counts what the database refused', async () => {
    store = async ([first, ...rest]) => [{ refused: 'odd' }, ...rest.map(accepted)].slice(0, first ? undefined : 0);
    const logs = await send('/v1/logs', 'application/x-protobuf', logsProtobuf([error(1), error(2)]));
    expect([logs.status, await hex(logs)]).toEqual([200, `0a0708011203${Buffer.from('odd').toString('hex')}`]);
    const exceptions = [{ time: error(1).time, attributes: { 'exception.type': 'A' } }];
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'x', exceptions };
    const traces = await send('/v1/traces', 'application/json', JSON.stringify(tracesJson([span])));
    expect(await traces.json()).toEqual({ partialSuccess: { rejectedSpans: '1', errorMessage: 'odd' } });
  });

  it('comes when many errors are stored, some hundred at a time', async () => {
    const many = Array.from({ length: 1200 }, (_, at) => error(at));
    const reply = await send('/v1/logs', 'application/x-protobuf', logsProtobuf(many));
    expect([reply.status, stored]).toEqual([200, [500, 500, 200]]);
  });
});
