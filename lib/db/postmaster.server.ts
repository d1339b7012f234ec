import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What a running PostgreSQL writes into `postmaster.pid` of its data folder. */
export interface Postmaster {
  pid: number;
  /** Folder of its socket. */
  socketFolder: string;
  port: number;
}

/** Name of the database, its owner and the role that people's processes connect as. */
export const EMBEDDED_NAME = 'errata';

/** The socket's folder goes as a parameter, because a URL has no place for a path in its host. */
export const socketUrl = (server: { socketFolder: string; port: number }, database = EMBEDDED_NAME): string =>
  `postgresql://${EMBEDDED_NAME}@localhost:${server.port}/${database}?host=${encodeURIComponent(server.socketFolder)}`;

/** False also for a process that ended and waits for a parent that never asks, as in a container without an init. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return true;
  }
}

/** Reads `postmaster.pid`; undefined when absent or still incomplete. Says nothing about whether the process lives. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, , , port, socketFolder] = lines;
  if (!pid || !port || !socketFolder) return undefined;
  return { pid: Number(pid), port: Number(port), socketFolder };
}

/** Whether PostgreSQL takes connections; `false` also while it starts up or shuts down. */
export async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Whether the process that `postmaster.pid` names is the PostgreSQL of this folder. After a reboot the number may belong
 * to anybody.
 */
async function owns(postmaster: Postmaster, data: string): Promise<boolean> {
  if (!isAlive(postmaster.pid)) return false;
  const command = await readFile(`/proc/${postmaster.pid}/cmdline`, 'utf8').catch(() => undefined);
  if (command !== undefined) return command.split('\0').includes(data);
  return accepts(socketUrl(postmaster));
}

/** Whether any process was started on this folder; undefined where the system does not tell. */
export async function isServed(data: string): Promise<boolean | undefined> {
  const processes = await readdir('/proc').catch(() => undefined);
  if (!processes) return undefined;
  const pids = processes.filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.some((command) => command.split('\0').includes(data));
}

/** The PostgreSQL that already runs on this folder, if any: one whose parent was killed leaves it behind. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(data);
  return postmaster && (await owns(postmaster, data)) ? postmaster : undefined;
}

/**
 * Stops a PostgreSQL: open transactions are rolled back, and what is committed is on disk. After `patienceMs` it is told
 * to drop everything, which costs the next start a recovery and no data.
 */
export async function stopPostmaster(pid: number, patienceMs = 10_000): Promise<void> {
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGKILL'];
  for (const signal of signals) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < patienceMs; waited += 20) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
}
