import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../db/postmaster.server';

/** Who uses a data folder. Lies in it as `instance.json`. */
export interface Instance {
  pid: number;
  /** Clock ticks from boot to the start of the process: tells it from a later one of the same number. Null where unknown. */
  started: string | null;
  /** `start` serves; anything else is a command that uses the database for a moment. */
  command: string;
  /** Null when it does not listen. */
  port: number | null;
}

const lockFile = (folder: string): string => join(folder, 'instance.json');

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

const lives = (instance: Instance): boolean => isAlive(instance.pid) && startOf(instance.pid) === instance.started;

async function read(path: string): Promise<Instance | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Instance;
  } catch {
    return undefined;
  }
}

/** The Errata that uses this data folder now, if any. */
export async function findInstance(folder: string): Promise<Instance | undefined> {
  const instance = await read(lockFile(folder));
  return instance && lives(instance) ? instance : undefined;
}

function inUse(folder: string, holder: Instance): Error {
  const where = holder.port === null ? `errata ${holder.command}` : `on port ${holder.port}`;
  return new Error(
    `Another Errata (process ${holder.pid}, ${where}) uses the data folder ${folder}. Stop it, or give this one its own with ERRATA_DATA_DIR and PORT.`,
  );
}

/** Takes away a lock whose holder is gone; puts it back when somebody alive took it in the meantime. */
async function removeStale(folder: string): Promise<void> {
  const aside = `${lockFile(folder)}.${process.pid}.stale`;
  await rename(lockFile(folder), aside).catch(() => {});
  const taken = await read(aside);
  if (taken && lives(taken)) await link(aside, lockFile(folder)).catch(() => {});
  await rm(aside, { force: true });
}

/**
 * Takes the data folder for this process. A lock that a killed process left is taken over.
 * @returns what gives it back.
 * @throws Error naming process and port when a running Errata has it.
 */
export async function lockInstance(
  folder: string,
  { command, port }: { command: string; port: number | null },
): Promise<() => Promise<void>> {
  const own: Instance = { pid: process.pid, started: startOf(process.pid), command, port };
  const draft = `${lockFile(folder)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        // A link appears whole or not at all, and never over one that exists.
        await link(draft, lockFile(folder));
        return () => rm(lockFile(folder), { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await findInstance(folder);
      if (holder) throw inUse(folder, holder);
      await removeStale(folder);
    }
    throw new Error(`The lock ${lockFile(folder)} cannot be taken. Remove it if no Errata runs.`);
  } finally {
    await rm(draft, { force: true });
  }
}
