import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  chained,
  KEY,
  lines,
  newId,
  nodeRequest,
  type RawRequest,
  storeRequest,
  tunnelRequest,
} from './sentry-fixtures';
import { OTHER_KEY, useTestCapture } from './test-capture';

const capture = useTestCapture();
const { send, stored, onlyEvent } = capture;
const AUTH = `Sentry sentry_key=${KEY}, sentry_version=7`;

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
