import { execFile } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { RunningApp } from './running-app';

const run = promisify(execFile);

/** Something that goes wrong, once for every call of `strike`, while clients send. */
export interface Fault {
  what: string;
  /** How many times in a full run, where that differs from `--kills`. */
  times?: number;
  env?: (dataDir: string) => Record<string, string>;
  prepare?(dataDir: string): Promise<() => Promise<void>>;
  /** Resolves when the app runs again. @throws Error when it does not behave. */
  strike(app: RunningApp): Promise<void>;
}

/** Up to so long the load goes on before each blow, so that it falls at any moment. */
export const moment = (most = 1500): Promise<void> => sleep(200 + Math.random() * most);

function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

/** All processes of PostgreSQL stand still, and know nothing of it. */
async function freeze(app: RunningApp, ms: number): Promise<void> {
  const pids = app.postgres();
  signalAll(pids, 'SIGSTOP');
  await sleep(ms);
  signalAll(pids, 'SIGCONT');
}

/** A file system of half a megabyte for the spool; without the right to mount, the spool's own bound has to do. */
async function tinySpool(dataDir: string): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'spool');
  await mkdir(folder, { mode: 0o700 });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder]);
  } catch {
    return async () => {};
  }
  return async () => {
    await run('umount', [folder]);
  };
}

const TAMPERED = pathToFileURL(fileURLToPath(new URL('./tampered.mjs', import.meta.url))).href;
const tamperFile = (dataDir: string): string => join(dataDir, 'tamper.json');

/** Sets the app's clock wrong by so much, and makes each flush to its disk take so long. */
async function tamper(dataDir: string, { clockMs = 0, syncMs = 0 }): Promise<void> {
  const draft = `${tamperFile(dataDir)}.new`;
  await writeFile(draft, JSON.stringify({ clockMs, syncMs }));
  await rename(draft, tamperFile(dataDir));
}

const tampered = {
  env: (dataDir: string) => ({ NODE_OPTIONS: `--import=${TAMPERED}`, ERRATA_TAMPER: tamperFile(dataDir) }),
  async prepare(dataDir: string) {
    await tamper(dataDir, {});
    return async () => {};
  },
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Time servers that come late, time zones taken for each other, batteries that died. */
const JUMPS_MS = [HOUR_MS, -HOUR_MS, 40 * DAY_MS, -2 * DAY_MS, -400 * DAY_MS, 3 * DAY_MS];

export const FAULTS: Record<string, Fault> = {
  app: {
    what: 'kill -9 of the app',
    async strike(app) {
      await app.end('SIGKILL');
      await app.start();
    },
  },
  postgres: {
    what: 'kill -9 of PostgreSQL',
    async strike(app) {
      const [postmaster] = app.postgres();
      if (postmaster) signalAll([postmaster], 'SIGKILL');
      await sleep(300);
      await app.settled();
    },
  },
  backend: {
    what: 'kill -9 of one process of PostgreSQL',
    async strike(app) {
      const pids = app.postgres().slice(1);
      signalAll([pids[Math.floor(Math.random() * pids.length)]!], 'SIGKILL');
      await sleep(300);
      await app.settled();
    },
  },
  stop: {
    what: 'SIGTERM',
    async strike(app) {
      const code = await app.end('SIGTERM');
      if (code !== 0) throw new Error(`After SIGTERM it ended with ${code}:\n${app.output()}`);
      await app.start();
    },
  },
  pause: {
    what: 'PostgreSQL stands still for 10 s',
    times: 3,
    async strike(app) {
      await freeze(app, 10_000);
      await app.settled();
    },
  },
  disk: {
    what: 'PostgreSQL stands still for 15 s with no room for the spool',
    times: 3,
    env: () => ({ ERRATA_SPOOL_MAX_MB: '1' }),
    prepare: tinySpool,
    async strike(app) {
      await freeze(app, 15_000);
      await app.settled();
    },
  },
  both: {
    what: 'kill -9 of PostgreSQL, and of the app while it spools',
    async strike(app) {
      const pids = app.postgres();
      signalAll(pids, 'SIGSTOP');
      await sleep(6000);
      await app.end('SIGKILL');
      signalAll(pids, 'SIGKILL');
      await app.start();
      await sleep(200);
      await app.end('SIGKILL');
      await app.start();
      await app.settled();
    },
    times: 5,
  },
  clock: {
    what: 'the clock of the app jumps, and PostgreSQL is killed meanwhile',
    times: 12,
    ...tampered,
    async strike(app) {
      await tamper(app.dataDir, { clockMs: JUMPS_MS[Math.floor(Math.random() * JUMPS_MS.length)]! });
      await moment();
      const [postmaster] = app.postgres();
      if (postmaster) signalAll([postmaster], 'SIGKILL');
      await moment();
      await tamper(app.dataDir, {});
      await app.settled();
    },
  },
  slow: {
    what: 'PostgreSQL stands still for 8 s while each flush of the spool takes 400 ms',
    times: 3,
    ...tampered,
    async strike(app) {
      await tamper(app.dataDir, { syncMs: 400 });
      await freeze(app, 8000);
      await app.settled();
      await tamper(app.dataDir, {});
    },
  },
};
