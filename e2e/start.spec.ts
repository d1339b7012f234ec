import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, type Launched, launch, makeDataDir, runningApp } from './fixtures/app';
import { expect, test } from './fixtures/test';

// `errata start` as a process: what an operator does to it, and what the machine does.

let dataDir: string;
let port: number;
const started: Launched[] = [];

test.beforeEach(async () => {
  dataDir = await makeDataDir();
  port = await freePort();
});

test.afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function start(options: { port: number; dataDir: string }): Launched {
  const app = launch(options);
  started.push(app);
  return app;
}

test('a second instance on the same data names the first', async () => {
  const { url, dataDir: taken } = runningApp();
  const second = start({ port, dataDir: taken });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(new RegExp(`process \\d+, on port ${new URL(url).port}`));
});

test('a taken port is named, with what to do', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const app = start({ port, dataDir });
  expect(await app.ended).toBe(1);
  expect(app.output()).toContain(`Port ${port} is taken by another program`);
  other.close();
});

test('Ctrl-C stops everything, and the next start prints a new set-up link', async () => {
  const first = start({ port, dataDir });
  await first.ready();
  expect(first.output()).toContain(`http://localhost:${port}/setup?token=`);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(existsSync(join(dataDir, 'instance.json'))).toBe(false);
  const second = start({ port, dataDir });
  await second.ready();
  expect(second.output()).toContain('/setup?token=');
});

test('kill -9 leaves nothing that prevents the next start', async () => {
  const killed = start({ port, dataDir });
  await killed.ready();
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = start({ port, dataDir });
  await next.ready();
  expect((await fetch(`${next.url}/health`)).status).toBe(200);
});

function childOf(app: Launched, title: string): number | undefined {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const line = lines.find((text) => new RegExp(`^\\s*\\d+\\s+${app.child.pid}\\s+${title}\\b`).test(text));
  return line ? Number.parseInt(line, 10) : undefined;
}

test('a process that was killed comes back', async () => {
  const app = start({ port, dataDir });
  await app.ready();
  for (const title of ['errata pages', 'errata worker']) {
    const killed = childOf(app, title) as number;
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => childOf(app, title) ?? killed, { timeout: 60_000 }).not.toBe(killed);
  }
  await expect.poll(async () => (await fetch(`${app.url}/api/v1/openapi.json`)).status, { timeout: 60_000 }).toBe(200);
  await app.ready();
});
