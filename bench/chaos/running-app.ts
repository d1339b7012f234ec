import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findEmbedded } from '@/lib/db/embedded.server';

const CLI = fileURLToPath(new URL('../../cli/errata.mjs', import.meta.url));
const START_MS = 300_000;
const run = promisify(execFile);

/** Errata as its own process, on data of its own, as an operator runs it. */
export interface RunningApp {
  readonly url: string;
  readonly dataDir: string;
  /** Starts it again after it ended, and waits until it answers. */
  start(): Promise<void>;
  /** Ends the process with a signal and waits until it is gone. @returns its exit code, null when it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Waits until the database answers and nothing is left in the spool. */
  settled(patienceMs?: number): Promise<void>;
  /** The process that owns the port. */
  pid(): number;
  /** The processes of its PostgreSQL, the first one first. */
  postgres(): number[];
  /** `errata … --json`, on its database. */
  cli<T>(args: string[]): Promise<T>;
  query<R extends object>(sql: string): Promise<R[]>;
  /** What it printed last. */
  output(): string;
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Processes by the number of their parent. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}

interface Ready {
  status: string;
  parts: Record<string, string>;
}

/** `prepare` may put something into the data folder before the first start. */
export async function runApp(
  options: { env?: (dataDir: string) => Record<string, string>; prepare?: (dataDir: string) => Promise<void> } = {},
): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'errata-chaos-'));
  // PostgreSQL's own user has to pass.
  await chmod(dataDir, 0o755);
  await options.prepare?.(dataDir);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _, ...inherited } = process.env;
  const environment = {
    ...inherited,
    NODE_ENV: 'production',
    ERRATA_LOG_LEVEL: 'warn',
    ERRATA_DATA_DIR: dataDir,
    ...options.env?.(dataDir),
  } as NodeJS.ProcessEnv;
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);
  let output = '';

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [CLI, 'start', '--port', String(port), '--host', '127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment,
    });
    child = started;
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    ended = new Promise((done) => started.once('exit', done));
    for (const until = performance.now() + START_MS; performance.now() < until && started.exitCode === null; ) {
      if ((await fetch(`${url}/health`).catch(() => undefined))?.ok) return;
      await sleep(50);
    }
    throw new Error(`Errata did not start:\n${output}`);
  }

  async function isSettled(): Promise<boolean> {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(3000) }).catch(() => undefined);
    if (!answer) return false;
    const { parts } = (await answer.json()) as Ready;
    return parts.database === 'ok' && parts.spool === 'ok';
  }

  const postgres = (): number[] => {
    const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return [pid, ...childrenOf(pid)];
  };

  await start();
  return {
    url,
    dataDir,
    start,
    async end(signal) {
      child?.kill(signal);
      return ended;
    },
    async settled(patienceMs = 60_000) {
      for (const until = performance.now() + patienceMs; performance.now() < until; ) {
        if (await isSettled()) return;
        await sleep(100);
      }
      throw new Error(`The database did not come back, or the spool was not emptied:\n${output}`);
    },
    pid: () => child?.pid ?? 0,
    postgres,
    async cli<T>(args: string[]): Promise<T> {
      const { stdout } = await run(process.execPath, [CLI, ...args, '--json'], { env: environment });
      return JSON.parse(stdout) as T;
    },
    async query<R extends object>(sql: string): Promise<R[]> {
      const client = new Client({ connectionString: await findEmbedded(dataDir) });
      await client.connect();
      try {
        return (await client.query<R>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    output: () => output,
    async remove() {
      child?.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
