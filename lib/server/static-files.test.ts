import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compressStaticFiles, staticFiles } from './static-files.server';

const script = 'const answer = 42;\n'.repeat(200);
let folder: string;
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'errata-static-'));
  await mkdir(join(folder, 'chunks'));
  await writeFile(join(folder, 'chunks', 'app.js'), script);
  await writeFile(join(folder, 'chunks', 'small.js'), 'let a;');
  await writeFile(join(folder, 'chunks', 'font.woff2'), Buffer.alloc(5000));
  await compressStaticFiles(folder);
  const files = staticFiles(folder);
  server = createServer(async (request, response) => {
    if (!(await files.serve(request, response, request.url ?? '/'))) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, done));
});

afterEach(async () => {
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

const ask = (path: string, accept: string, method = 'GET') =>
  new Promise<{ answer: IncomingMessage; body: Buffer }>((done, fail) => {
    const { port } = server.address() as AddressInfo;
    get({ port, path, method, headers: { 'accept-encoding': accept } }, async (answer) =>
      done({ answer, body: await buffer(answer) }),
    ).once('error', fail);
  });

it('sends a script compressed, to be kept for good', async () => {
  const { answer, body } = await ask('/_next/static/chunks/app.js', 'gzip, deflate, br');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
  expect(brotliDecompressSync(body).toString()).toBe(script);
});

it('answers HEAD with the length alone', async () => {
  const { answer, body } = await ask('/_next/static/chunks/app.js', 'br', 'HEAD');
  expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  expect(body).toHaveLength(0);
});

it.each([
  ['a client that takes no brotli', '/_next/static/chunks/app.js', 'gzip'],
  ['a client that refuses it', '/_next/static/chunks/app.js', 'gzip, br;q=0'],
  ['a file that is not worth it', '/_next/static/chunks/small.js', 'br'],
  ['a file that is compressed in itself', '/_next/static/chunks/font.woff2', 'br'],
  ['a file that there is not', '/_next/static/chunks/none.js', 'br'],
  ['a path that leaves the folder', '/_next/static/../chunks/app.js', 'br'],
  ['a path elsewhere', '/chunks/app.js', 'br'],
])('leaves %s to Next', async (_, path, accept) => {
  expect((await ask(path, accept)).answer.statusCode).toBe(418);
});
