import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePagesFolder } from './pages-folder.server';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'errata-folders-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('removes what killed processes left, and nothing else', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const kept = [`errata-pages-${process.pid}-other`, 'errata-pages-fresh', 'errata-pagesque', 'something'];
  for (const name of [`errata-pages-${gone}-abc`, 'errata-pages-stale', ...kept]) mkdirSync(join(parent, name));
  writeFileSync(join(parent, `errata-pages-${gone}-abc`, 'next.sock'), '');
  utimesSync(join(parent, 'errata-pages-stale'), 1000, 1000);
  const made = await makePagesFolder(new Date(), parent);
  expect(readdirSync(parent).sort()).toEqual([...kept, made.slice(parent.length + 1)].sort());
});
