/**
 * Presses on a really started Errata (slow-loris, zip bombs, a burst) and measures how long `/health` takes meanwhile, and
 * how long the app's event loop was held up, and what memory it needs. Ends with 1 when the slowest of a hundred answers takes 100 ms or more.
 * `npx tsx --tsconfig cli/tsconfig.json bench/chaos/pressure.ts [--seconds 8]`
 */
import { fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { startClients } from './clients';
import { type RunningApp, runApp } from './running-app';

const LIMIT_MS = 100;
const MEGABYTE = 1024 * 1024;

/** Sends until told to stop. */
type Pressure = (app: RunningApp, key: string) => () => Promise<void>;

function health(agent: Agent, url: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(`${url}/health`, { agent, timeout: 10_000 }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - started));
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end();
  });
}

function post(agent: Agent, url: string, key: string, body: Buffer, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const call = request(
      `${url}/errors/batch`,
      { method: 'POST', agent, headers: { 'x-errata-key': key, 'content-length': body.length, ...headers } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      },
    );
    call.on('error', () => resolve(0));
    call.end(body);
  });
}

/** `count` clients, each sending the same again and again. */
function hammer(count: number, body: Buffer, headers: Record<string, string> = {}): Pressure {
  return (app, key) => {
    const agent = new Agent({ keepAlive: true, maxSockets: count });
    let running = true;
    const working = Array.from({ length: count }, async () => {
      while (running) if ((await post(agent, app.url, key, body, headers)) === 0) await sleep(20);
    });
    return async () => {
      running = false;
      await Promise.all(working);
      agent.destroy();
    };
  };
}

/** Connections that send a byte now and then, half of them of the headers, half of the body. */
const slowLoris: Pressure = (app, key) => {
  const { hostname, port } = new URL(app.url);
  const sockets: Socket[] = Array.from({ length: 100 }, (_, at) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(`POST /errors HTTP/1.1\r\nhost: x\r\nx-errata-key: ${key}\r\ncontent-length: 1000000\r\n`);
    if (at % 2 === 0) socket.write('\r\n{"service":"');
    return socket;
  });
  const timer = setInterval(() => {
    for (const [at, socket] of sockets.entries()) if (socket.writable) socket.write(at % 2 === 0 ? 'a' : 'x: y\r\n');
  }, 500);
  return async () => {
    clearInterval(timer);
    for (const socket of sockets) socket.destroy();
  };
};

const report = (n: number): Record<string, unknown> => ({
  service: 'shop',
  error_type: `Kind${n % 100}Error`,
  error_message: `order ${n} could not be paid after ${n % 900} ms`,
  stack_trace: `Traceback (most recent call last):\n${'  File "/srv/shop/part.py", line 7, in pay\n    run()\n'.repeat(10)}Error: x`,
});
const batchOf = (count: number): Buffer =>
  Buffer.from(JSON.stringify({ errors: Array.from({ length: count }, (_, n) => report(n)) }));

const PRESSURES: Record<string, Pressure> = {
  nothing: () => async () => {},
  '100 slow-loris connections': slowLoris,
  'a burst of batches of 500 on 32 connections': hammer(32, batchOf(500)),
  'a burst of single reports on 256 connections': (app, key) => {
    const clients = startClients(app.url, key, 256, 0);
    return () => clients.stop();
  },
  '20 zip bombs of 100 MB at a time': hammer(20, gzipSync(Buffer.alloc(100 * MEGABYTE, 0x20)), {
    'content-encoding': 'gzip',
  }),
  '20 zip bombs just within the ratio': hammer(
    20,
    gzipSync(Buffer.concat(Array.from({ length: 90 }, () => batchOf(1000)))),
    {
      'content-encoding': 'gzip',
    },
  ),
};

/** Asks in a process of its own, so that the work of the clients does not count as waiting. */
async function probe(url: string): Promise<{ stop(): Promise<number[]> }> {
  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, PROBE_URL: url } });
  await new Promise((ready) => child.once('message', ready));
  return {
    stop: () =>
      new Promise((done) => {
        child.once('message', (times) => {
          child.kill();
          done(times as number[]);
        });
        child.send('stop');
      }),
  };
}

async function runProbe(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  await health(agent, url);
  process.send?.('ready');
  process.once('message', () => process.send?.(times));
  for (;;) {
    times.push(await health(agent, url));
    await sleep(25);
  }
}

function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

const LOOP_DELAY = fileURLToPath(new URL('loop-delay.mjs', import.meta.url));
const delayFile = (dataDir: string): string => join(dataDir, 'loop-delay.json');

/** How long the app's event loop was held up since the last time, and the most processor time of one turn, in ms. */
async function loopDelay(app: RunningApp): Promise<{ p99: number; most: number; cpu: number }> {
  const file = delayFile(app.dataDir);
  rmSync(file, { force: true });
  process.kill(app.pid(), 'SIGUSR2');
  for (let waited = 0; waited < 10_000; waited += 20) {
    await sleep(20);
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // It has not come round to it.
    }
  }
  throw new Error('The app does not tell how long its event loop was held up.');
}

async function measure(app: RunningApp, key: string, pressure: Pressure, seconds: number) {
  let memory = 0;
  const asking = await probe(app.url);
  await loopDelay(app);
  const stop = pressure(app, key);
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(100)) {
    memory = Math.max(memory, memoryOf(app.pid()));
  }
  const times = (await asking.stop()).sort((a, b) => a - b);
  const loop = await loopDelay(app);
  await stop();
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), most: at(1), memory, loop };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' } } });
  const app = await runApp({
    env: (dataDir) => ({ NODE_OPTIONS: `--import ${LOOP_DELAY}`, LOOP_DELAY_FILE: delayFile(dataDir) }),
  });
  try {
    const { key } = await app.cli<{ key: string }>(['project', 'create', '--slug', 'press', '--name', 'Press']);
    for (const [name, pressure] of Object.entries(PRESSURES)) {
      const { p50, p99, most, memory, loop } = await measure(app, key, pressure, Number(values.seconds));
      const ok = p99 < LIMIT_MS;
      if (!ok) process.exitCode = 1;
      const times = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, slowest ${most.toFixed(1)} ms`;
      const held = `event loop held up p99 ${loop.p99.toFixed(0)} ms, most ${loop.most.toFixed(0)} ms (${loop.cpu.toFixed(0)} ms of processor)`;
      console.log(
        `${ok ? 'ok  ' : 'SLOW'} ${name.padEnd(46)} /health ${times}, ${held}, app ${Math.round(memory)} MB, load ${loadavg()[0]?.toFixed(1)}`,
      );
    }
  } finally {
    await app.end('SIGTERM');
    await app.remove();
  }
}

if (process.env.PROBE_URL) await runProbe(process.env.PROBE_URL);
else await main();
