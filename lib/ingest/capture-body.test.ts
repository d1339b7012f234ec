import { randomBytes } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toAppError } from './capture-answer.server';
import { readCaptureBody, releaseBody } from './capture-body.server';

const MEGABYTE = 1024 * 1024;
let server: Server;
let peak = 0;
/** Answers wait for it, so that all bodies are there at once. */
let answering: Promise<void> = Promise.resolve();

const held = (): number => process.memoryUsage().arrayBuffers / MEGABYTE;

beforeAll(async () => {
  server = createServer(async (message, response) => {
    try {
      const body = await readCaptureBody(message);
      peak = Math.max(peak, held());
      await answering;
      response.end(String(body?.length));
    } catch (error) {
      const { status, retryAfter } = toAppError(error);
      response.writeHead(status, retryAfter ? { 'retry-after': String(retryAfter) } : {}).end();
    } finally {
      releaseBody(message);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function post(body: Buffer): Promise<{ status: number; text: string; retryAfter: string | undefined }> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        port: (server.address() as AddressInfo).port,
        method: 'POST',
        agent: false,
        headers: { 'content-encoding': 'gzip', 'content-length': body.length },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Expands to 40 MB, to 90 times its size. */
const bomb = gzipSync(
  Buffer.concat(Array.from({ length: 40 }, () => Buffer.concat([Buffer.alloc(MEGABYTE), randomBytes(10_000)]))),
);

it('expands only as many bodies at once as there is room for, and lets the others come back', async () => {
  let answer = (): void => {};
  answering = new Promise((resolve) => {
    answer = resolve;
  });
  const before = held();
  const sent = Array.from({ length: 8 }, () => post(bomb));
  const watch = setInterval(() => {
    peak = Math.max(peak, held());
  }, 5);
  let open = sent.length;
  for (const one of sent) void one.then(() => open--);
  for (let waited = 0; open > 2 && waited < 15_000; waited += 20) await new Promise((go) => setTimeout(go, 20));
  answer();
  const answers = await Promise.all(sent);
  clearInterval(watch);
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([200, 503]);
  expect(answers.filter(({ status }) => status === 503).every(({ retryAfter }) => retryAfter === '2')).toBe(true);
  expect(peak - before).toBeLessThan(200);

  // What they held is given back.
  expect((await post(bomb)).text).toBe(String(40 * (MEGABYTE + 10_000)));
}, 30_000);
