import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, get, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../errors';
import { createFront, type Front } from './front.server';

let folder: string;
let pages: Server;
let front: Front;
let url: string;
let drained: number;
/** Requests that have reached the pages or capture, and those whose client went away. */
const reached: string[] = [];
const aborted: string[] = [];
/** A busy machine takes its time. */
const PATIENTLY = { timeout: 10_000 };

/** Stands for Next: tells what it got. */
async function answerPage(request: IncomingMessage): Promise<string> {
  return JSON.stringify({
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: await text(request),
  });
}

async function listen(server: Server, target: string | number): Promise<void> {
  await new Promise<void>((done) => server.listen(target, done));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'errata-front-'));
  drained = 0;
  reached.length = 0;
  aborted.length = 0;
  pages = createServer((request, response) => {
    if (request.url === '/hangs') {
      reached.push('/hangs');
      request.socket.once('close', () => aborted.push('/hangs'));
      return;
    }
    if (request.url === '/only-posts') {
      const asked = request.method === 'OPTIONS';
      response.writeHead(asked ? 204 : 405, asked ? { allow: 'OPTIONS, POST' } : {}).end();
      return;
    }
    answerPage(request).then((body) => response.writeHead(201, { 'x-from': 'pages' }).end(body));
  });
  pages.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
    socket.on('data', (data) => socket.end(`echo ${data}`));
  });
  await listen(pages, join(folder, 'pages.sock'));
  await startFront({ upgrades: true });
});

async function startFront({ upgrades }: { upgrades: boolean }): Promise<void> {
  front = createFront({
    capture: {
      async handle(request, response, target) {
        if (target.pathname === '/breaks') throw new AppError('rate_limited', 'Slow down.');
        if (target.pathname !== '/errors') return false;
        reached.push('/errors');
        const body = await text(request);
        response.writeHead(201).end(body);
        return true;
      },
      drain: async () => {
        drained += 1;
      },
      spoolState: () => null,
    },
    pagesSocket: join(folder, 'pages.sock'),
    readiness: async () => ({
      ready: pages.listening,
      degraded: false,
      parts: {
        database: 'ok',
        migrations: 'ok',
        worker: 'ok',
        pages: pages.listening ? 'ok' : 'starting',
        spool: 'ok',
      },
    }),
    trustProxy: false,
    version: '1.2.3',
    upgrades,
  });
  await listen(front.server, 0);
  url = `http://127.0.0.1:${(front.server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await front.close();
  pages.closeAllConnections();
  pages.close();
  rmSync(folder, { recursive: true, force: true });
});

it('answers the probes itself', async () => {
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'healthy', version: '1.2.3' });
  expect((await fetch(`${url}/ready`)).status).toBe(200);
});

it('names the part that is not ready', async () => {
  pages.close();
  const answer = await fetch(`${url}/ready`);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: 'not_ready', parts: { pages: 'starting', database: 'ok' } });
});

it('leaves capture its requests and streams all others to the pages', async () => {
  const captured = await fetch(`${url}/errors`, { method: 'POST', body: 'boom' });
  expect([captured.status, await captured.text()]).toEqual([201, 'boom']);
  const body = 'x'.repeat(1_000_000);
  const page = await fetch(`${url}/issues?query=is%3Aopen`, { method: 'POST', body });
  expect(page.headers.get('x-from')).toBe('pages');
  const got = await page.json();
  expect(got).toMatchObject({ method: 'POST', url: '/issues?query=is%3Aopen', body });
  expect(got.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': new URL(url).host });
});

it.each(['/issues/%ff', '/issues?query=%00', '/%00'])('answers %s itself: it is no address', async (path) => {
  const answer = await fetch(`${url}${path}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'bad_request' });
});

it('says which methods an address knows, where Next is silent', async () => {
  const answer = await fetch(`${url}/only-posts`, { method: 'DELETE' });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'OPTIONS, POST']);
  expect(await answer.json()).toMatchObject({ code: 'method_not_allowed' });
});

it('answers a refusal of capture as a problem document', async () => {
  const answer = await fetch(`${url}/breaks`, { method: 'POST' });
  expect(answer.status).toBe(429);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'rate_limited', detail: 'Slow down.' });
});

it('tells people and programs apart when the pages are down, while capture goes on', async () => {
  pages.closeAllConnections();
  pages.close();
  const program = await fetch(`${url}/api/v1/issues`);
  expect(program.status).toBe(502);
  expect(await program.json()).toMatchObject({ code: 'unavailable', status: 502 });
  const person = await fetch(`${url}/issues`, { headers: { accept: 'text/html' } });
  expect(await person.text()).toContain('The pages are restarting');
  expect((await fetch(`${url}/errors`, { method: 'POST', body: 'x' })).status).toBe(201);
});

it('lets go of the pages when the client goes away', async () => {
  const request = get(`${url}/hangs`);
  request.once('error', () => {});
  await expect.poll(() => reached, PATIENTLY).toEqual(['/hangs']);
  request.destroy();
  await expect.poll(() => aborted, PATIENTLY).toEqual(['/hangs']);
});

it('refuses a request target that is no URL', async () => {
  const status = await new Promise((done) => {
    const { port } = new URL(url);
    httpRequest({ host: '127.0.0.1', port, path: '//' }, (response) => done(response.statusCode)).end();
  });
  expect(status).toBe(400);
});

/** Asks for a WebSocket, then says hello; resolves with all that came back until the connection closed or said enough. */
function shakeHands(): Promise<string> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let seen = '';
    socket.on('data', (data) => {
      seen += data;
      if (seen.endsWith('\r\n\r\n')) socket.write('hello');
    });
    socket.once('close', () => done(seen));
    socket.write('GET /_next/hmr HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
  });
}

it('passes WebSockets on in development', async () => {
  expect(await shakeHands()).toMatch(/^HTTP\/1.1 101[\s\S]*echo hello$/);
});

it('closes them in production', async () => {
  await front.close();
  await startFront({ upgrades: false });
  expect(await shakeHands()).toBe('');
});

it('stores what capture accepted before it is closed', async () => {
  await front.close();
  expect(drained).toBeGreaterThan(0);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

it('answers what is under way while it closes, and ends the connection with it', async () => {
  const agent = new Agent({ keepAlive: true });
  const { port } = new URL(url);
  const call = httpRequest({ host: '127.0.0.1', port, path: '/errors', method: 'POST', agent });
  const answered = new Promise<IncomingMessage>((done) => call.once('response', done));
  call.write('half ');
  await expect.poll(() => reached, PATIENTLY).toEqual(['/errors']);
  const closed = front.close();
  call.end('and half');
  const response = await answered;
  expect([response.statusCode, response.headers.connection, await text(response)]).toEqual([
    201,
    'close',
    'half and half',
  ]);
  await closed;
  agent.destroy();
});
