import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Child, keepRunning, restartDelay } from './child.server';

let folder: string;
let child: Child | undefined;
const reports: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'errata-child-'));
  reports.length = 0;
});
afterEach(async () => {
  await child?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `body` as a child; it may append to the file `log`. */
function run(body: string): Child {
  const script = join(folder, 'child.cjs');
  writeFileSync(
    script,
    `const log = (text) => require('fs').appendFileSync(${JSON.stringify(join(folder, 'log'))}, text);\n${body}`,
  );
  child = keepRunning({
    name: 'test',
    script,
    args: [],
    env: {} as NodeJS.ProcessEnv,
    cwd: folder,
    late: Promise.resolve({ GREETING: 'hello' }),
    report: (line) => reports.push(line),
  });
  return child;
}

const logged = (): string => {
  try {
    return readFileSync(join(folder, 'log'), 'utf8');
  } catch {
    return '';
  }
};

it.each([
  [1, 250],
  [2, 500],
  [5, 4000],
  [20, 15_000],
])('waits after %i failures in a row %i ms', (failures, delay) => {
  expect(restartDelay(failures)).toBe(delay);
});

it('sends the late variables, and is told when the child is ready', async () => {
  const { ready, isUp } = run(
    "process.once('message', (m) => { log(m.GREETING); process.send('ready'); process.on('message', () => process.exit()); });",
  );
  await ready;
  expect([isUp(), logged()]).toEqual([true, 'hello']);
});

it('starts a child again that ends', async () => {
  const { ready, isUp } = run(
    "log('x'); process.send('ready'); process.once('message', () => setTimeout(() => process.exit(7), 50));",
  );
  await ready;
  await expect.poll(isUp).toBe(false);
  await expect.poll(() => logged().length, { timeout: 5000 }).toBeGreaterThan(1);
  expect(reports[0]).toContain('exit code 7');
});

it('gives up on a child that never gets ready', async () => {
  await expect(run('process.exit(1)').ready).rejects.toThrow('does not start');
});

it('asks a child to stop and waits for it', async () => {
  const { ready, stop } = run(
    "process.on('message', (m) => { if (m === 'stop') setTimeout(() => { log('bye'); process.exit(); }, 100); }); process.send('ready');",
  );
  await ready;
  await stop();
  expect(logged()).toBe('bye');
});
