import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findInstance, lockInstance } from './instance-lock.server';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'errata-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stale = { pid: 4_194_305, started: '1', command: 'start', port: 8090 };

it('names the process and the port of the Errata that has the folder', async () => {
  await lockInstance(folder, { command: 'start', port: 8091 });
  await expect(lockInstance(folder, { command: 'start', port: 8092 })).rejects.toThrow(
    new RegExp(`process ${process.pid}, on port 8091`),
  );
});

it('can be taken again once it was given back', async () => {
  const release = await lockInstance(folder, { command: 'user create', port: null });
  await release();
  expect(await findInstance(folder)).toBeUndefined();
  await lockInstance(folder, { command: 'start', port: 8090 });
  expect((await findInstance(folder))?.port).toBe(8090);
});

it('takes over from a process that is gone', async () => {
  writeFileSync(join(folder, 'instance.json'), JSON.stringify(stale));
  await lockInstance(folder, { command: 'start', port: 8090 });
  expect((await findInstance(folder))?.pid).toBe(process.pid);
});

it('takes over where another process has got the number since', async () => {
  writeFileSync(join(folder, 'instance.json'), JSON.stringify({ ...stale, pid: process.pid }));
  await lockInstance(folder, { command: 'start', port: 8090 });
  expect((await findInstance(folder))?.started).not.toBe('1');
});

it('takes over from a file that was cut short', async () => {
  writeFileSync(join(folder, 'instance.json'), '{"pid":');
  await lockInstance(folder, { command: 'start', port: 8090 });
  expect(JSON.parse(readFileSync(join(folder, 'instance.json'), 'utf8')).pid).toBe(process.pid);
});

it('lets one of several that start at once have a stale lock', async () => {
  writeFileSync(join(folder, 'instance.json'), JSON.stringify(stale));
  const all = await Promise.allSettled([1, 2, 3].map((port) => lockInstance(folder, { command: 'start', port })));
  expect(all.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
});
