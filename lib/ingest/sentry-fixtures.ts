import { request } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';

/** Only for tests: requests as the SDKs make them, written by hand, and a client that sends them byte for byte. */
export const KEY = '0123456789abcdef0123456789abcdef';
export const PROJECT = 42;

export interface RawRequest {
  url: string;
  /** Names and values in turn. */
  headers: string[];
  body: Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
  text: string;
}

/** Sends a request with just these headers. @throws when the connection fails. */
export function sendRaw(origin: string, { url, headers, body }: RawRequest, method = 'POST'): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path: url, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text && JSON.parse(text), text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

type Json = Record<string, unknown>;

/** One line per part, without lengths, as the JavaScript SDKs write envelopes. */
export const lines = (...parts: (Json | string)[]): Buffer =>
  Buffer.from(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('\n'));

/** With the length of each payload, as most other SDKs do. */
export function measured(header: Json, ...items: [Json, Buffer | Json][]): Buffer {
  const parts = items.flatMap(([item, payload]) => {
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
    return [Buffer.from(`\n${JSON.stringify({ ...item, length: bytes.length })}\n`), bytes];
  });
  return Buffer.concat([Buffer.from(JSON.stringify(header)), ...parts]);
}

export const nodeRequest = (body: Buffer, headers: string[] = []): RawRequest => ({
  url: `/api/${PROJECT}/envelope/?sentry_version=7&sentry_key=${KEY}&sentry_client=sentry.javascript.node%2F11.0.0`,
  headers: ['Host', 'errata.test', 'Transfer-Encoding', 'chunked', ...headers],
  body,
});

export const pythonRequest = (body: Buffer): RawRequest => ({
  url: `/api/${PROJECT}/envelope/`,
  headers: [
    ...['Host', 'errata.test', 'Content-Type', 'application/x-sentry-envelope', 'Content-Encoding', 'gzip'],
    ...['X-Sentry-Auth', `Sentry sentry_key=${KEY}, sentry_version=7, sentry_client=sentry.python/2.60.0`],
  ],
  body: gzipSync(body),
});

export const storeRequest = (body: Buffer, auth: string, headers: string[] = []): RawRequest => ({
  url: `/api/${PROJECT}/store/`,
  headers: ['Host', 'errata.test', 'X-Sentry-Auth', auth, 'Content-Length', String(body.length), ...headers],
  body,
});

/** As raven-js and raven-node sent it: base64 of a zlib stream, and a key with a secret. */
export const ravenRequest = (payload: Json): RawRequest =>
  storeRequest(
    Buffer.from(deflateSync(JSON.stringify(payload)).toString('base64')),
    `Sentry sentry_version=5, sentry_timestamp=1700000000, sentry_key=${KEY}, sentry_secret=${'f'.repeat(32)}`,
    ['Content-Type', 'application/octet-stream'],
  );

export const tunnelRequest = (body: Buffer): RawRequest => ({
  url: '/tunnel',
  headers: ['Host', 'errata.test', 'Content-Type', 'text/plain;charset=UTF-8', 'Origin', 'https://shop.test'],
  body,
});

let counter = 0;
/** A new event id. */
export const newId = (): string => (++counter).toString(16).padStart(32, 'e');

const stack = (name: string): Json => ({
  frames: [
    { filename: 'node:internal/main', function: 'run', in_app: false, lineno: 1 },
    { filename: '/srv/shop/cart.js', module: 'cart', function: name, in_app: true, lineno: 12, colno: 3 },
  ],
});

/** An event with a chain of exceptions, oldest cause first. */
export const chained = (...types: string[]): Json => ({
  event_id: newId(),
  timestamp: Date.now() / 1000,
  platform: 'node',
  level: 'fatal',
  environment: 'staging',
  tags: { retry: 3, beta: true, service: 'checkout' },
  fingerprint: ['{{ default }}', 'payments'],
  exception: { values: types.map((type) => ({ type, value: `${type} happened`, stacktrace: stack(type) })) },
});
