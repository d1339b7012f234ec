import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBootstrap } from '../auth/bootstrap.server';
import { disconnectDb } from '../db/client.server';
import { type EmbeddedDatabase, makeSocket, startEmbedded } from '../db/embedded.server';
import { migrate } from '../db/migrate.server';
import { env, reloadEnv } from '../env.server';
import { ensureEventPartitions } from '../retention/event-partitions.server';

/** A database that is there, or will be. */
export interface ComingDatabase {
  /** Where it is, or will be. */
  readonly url: string;
  /** Names it over restarts: the embedded one has another socket each time. */
  readonly name: string;
  /** Whether it answers and is migrated; from then on it counts as there, also when it goes away for a while. */
  isUp(): boolean;
  /** Resolves once it is. @throws Error fit to be shown, when there is no use in waiting. */
  up: Promise<{ setupPath: string | null }>;
  /** Resolves with whether it is up: when it is, after the first failure, or when the first try takes long. @throws as `up`. */
  firstTry: Promise<boolean>;
  stop(): Promise<void>;
}

/** Longer migrations are not waited for: events are safe in the spool meanwhile. */
const PATIENCE_MS = 15_000;
const STOP_PATIENCE_MS = 3000;
const RETRY_MS = { step: 500, most: 5000 };

const textOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
};

/** Whether nobody answered, or only that it is no time to ask: as against a wrong password, or a database of a newer version. */
export function isUnreachable(error: unknown): boolean {
  const code = error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
  if (/^E[A-Z_]{3,}$/.test(code) || /^(?:08|53|57)[0-9A-Z]{3}$/.test(code)) return true;
  return error instanceof Error && /timeout|timed out|terminated/i.test(error.message);
}

interface Source {
  url: string;
  name: string;
  /** Makes it run, where that is for us to do. Does nothing when it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

function ofEnvironment(url: string): Source {
  const withoutPassword = url.replace(/\/\/[^@/]*@/, '//');
  return { url, name: withoutPassword, start: async () => {}, stop: async () => {} };
}

/** The embedded PostgreSQL, started again should it end before we stop it. */
async function embedded(dataDir: string, report: (line: string) => void): Promise<Source> {
  const { url, socketFolder, remove } = await makeSocket();
  let server: EmbeddedDatabase | undefined;
  let stopping = false;

  async function start(): Promise<void> {
    if (server || stopping) return;
    server = await startEmbedded({ dataDir, socketFolder });
    void server.ended.then(restart);
  }

  async function restart(): Promise<void> {
    server = undefined;
    for (let failures = 1; !stopping; failures++) {
      report('PostgreSQL ended unexpectedly; starting it again.');
      try {
        return await start();
      } catch (error) {
        report(textOf(error));
        await sleep(Math.min(RETRY_MS.step * failures, 10_000));
      }
    }
  }

  return {
    url,
    name: 'embedded',
    start,
    async stop() {
      stopping = true;
      await server?.stop();
      await remove();
    },
  };
}

async function prepare(url: string, report: (line: string) => void): Promise<{ setupPath: string | null }> {
  const { applied, changed } = await migrate(url);
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length === 1 ? '' : 's'}.`);
  if (changed.length > 0) report(`Changed since they were applied: ${changed.join(', ')}.`);
  await ensureEventPartitions();
  return { setupPath: (await ensureBootstrap(new Date())).setupUrlPath };
}

/**
 * Brings up the database that `DATABASE_URL` names, else the embedded one, and tells `getDb()` of it: migrations,
 * partitions, first admin. While nobody answers it is tried again for as long as it takes. Anything else that fails is
 * tried again only when `worthWaiting`; it is an operator's mistake otherwise, and better told at once.
 */
export async function bringUpDatabase({
  dataDir,
  worthWaiting,
  report,
}: {
  dataDir: string;
  /** Whether there is something to do without the database. `name`: of the database. */
  worthWaiting: (name: string) => Promise<boolean>;
  report: (line: string) => void;
}): Promise<ComingDatabase> {
  const url = env().DATABASE_URL;
  const source = url ? ofEnvironment(url) : await embedded(dataDir, report);
  reloadEnv({ DATABASE_URL: source.url });
  const waits = await worthWaiting(source.name);
  const stopped = new AbortController();
  let isUp = false;
  let failedOnce = (): void => {};
  const firstFailure = new Promise<false>((resolve) => {
    failedOnce = () => resolve(false);
  });

  async function run(): Promise<{ setupPath: string | null }> {
    let told = '';
    for (let failures = 1; ; failures++) {
      try {
        await source.start();
        const prepared = await prepare(source.url, report);
        isUp = true;
        return prepared;
      } catch (error) {
        if (stopped.signal.aborted || !(waits || isUnreachable(error))) throw error;
        const text = textOf(error);
        if (text !== told) report(`The database is not available: ${text}. Trying again until it is.`);
        told = text;
        failedOnce();
        await sleep(Math.min(RETRY_MS.step * failures, RETRY_MS.most), undefined, { signal: stopped.signal });
      }
    }
  }

  const up = run();
  up.catch(() => {});
  const late = sleep(PATIENCE_MS, false as const, { signal: stopped.signal, ref: false });
  late.catch(() => {});
  return {
    url: source.url,
    name: source.name,
    isUp: () => isUp,
    up,
    firstTry: Promise.race([up.then(() => true), firstFailure, late]),
    async stop() {
      stopped.abort();
      // A server that is half way up is there to be stopped in a moment.
      await Promise.race([up.catch(() => {}), sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
      await disconnectDb();
      await source.stop();
    },
  };
}
