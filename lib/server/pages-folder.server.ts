import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../db/postmaster.server';

const PREFIX = 'errata-pages-';
/** Folders from before they bore a number go once they are surely nobody's. */
const NAMELESS_MS = 24 * 3_600_000;

async function isLeft(parent: string, name: string, now: Date): Promise<boolean> {
  const pid = /^errata-pages-(\d+)-/.exec(name)?.[1];
  if (pid) return !isAlive(Number(pid));
  const found = await stat(join(parent, name)).catch(() => null);
  return found !== null && now.getTime() - found.mtimeMs > NAMELESS_MS;
}

/**
 * A private folder for the socket between the front and the pages, which bears the number of this process. Those that
 * killed ones left behind are removed.
 */
export async function makePagesFolder(now: Date, parent = tmpdir()): Promise<string> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(PREFIX) || !(await isLeft(parent, name, now))) continue;
    // One of another user cannot be removed, and is not ours to.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {});
  }
  return mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
}
