import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createProbe } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBootstrap } from '../auth/bootstrap.server';
import { disconnectDb, getPool } from '../db/client.server';
import { type EmbeddedDatabase, startEmbedded } from '../db/embedded.server';
import { migrate } from '../db/migrate.server';
import { childEnv, env, reloadEnv } from '../env.server';
import { createCapture } from '../ingest/receive-events.server';
import { openSpool } from '../ingest/spool-files.server';
import { ensureEventPartitions } from '../retention/event-partitions.server';
import { ensureBuild, ensureDatabaseClient } from './build-pages.server';
import { keepRunning } from './child.server';
import { createFront, type Front } from './front.server';
import { lockInstance } from './instance-lock.server';
import { ensureDataDir, ROOT } from './paths.server';
import { checkReadiness } from './readiness.server';
import { ensureSecret } from './secret.server';

const MEGABYTE = 1024 * 1024;

export interface StartOptions {
  dev: boolean;
  demo: boolean;
}

/** Undoes what was done, last first. */
type Undo = () => Promise<unknown>;

const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function refuseTakenPort(port: number, host: string): Promise<void> {
  const probe = createProbe();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen({ port, host }, done)).catch(
    (error: NodeJS.ErrnoException) => {
      throw portError(error, port, host);
    },
  );
  await new Promise((done) => probe.close(done));
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const messages: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
    EACCES: `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=8090 npm start`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one it has, or to 0.0.0.0 for all.`,
  };
  return new Error(messages[error.code ?? ''] ?? `Errata cannot listen on ${host}:${port}: ${error.message}`);
}

/** Starts the embedded PostgreSQL, and starts it again should it end before we stop it. */
async function runEmbedded(dataDir: string): Promise<{ url: string; stop: Undo }> {
  let server: EmbeddedDatabase = await startEmbedded({ dataDir });
  const { url, socketFolder } = server;
  let stopping = false;
  const watch = async (): Promise<void> => {
    for (let failures = 0; ; ) {
      await server.ended;
      if (stopping) return;
      report('PostgreSQL ended unexpectedly; starting it again.');
      try {
        server = await startEmbedded({ dataDir, socketFolder });
        failures = 0;
      } catch (error) {
        failures += 1;
        report(`${error instanceof Error ? error.message : error}`);
        await sleep(Math.min(500 * failures, 10_000));
      }
    }
  };
  void watch();
  return {
    url,
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}

/** Database, migrations, partitions, first admin. @returns path of the set-up page while nobody can sign in yet. */
async function prepareDatabase(dataDir: string, undo: Undo[]): Promise<{ setupPath: string | null }> {
  if (!env().DATABASE_URL) {
    const { url, stop } = await runEmbedded(dataDir);
    undo.push(stop);
    reloadEnv({ DATABASE_URL: url });
  }
  const { applied, changed } = await migrate(env().DATABASE_URL ?? '');
  if (applied.length > 0) report(`Applied ${applied.length} database migration${applied.length === 1 ? '' : 's'}.`);
  if (changed.length > 0) report(`Changed since they were applied: ${changed.join(', ')}.`);
  undo.push(disconnectDb);
  await ensureEventPartitions();
  return { setupPath: (await ensureBootstrap(new Date())).setupUrlPath };
}

/** Starts the pages and the worker; they load while the database comes up, whose address they get by `late`. */
async function startChildren(dev: boolean, late: Promise<Record<string, string>>, undo: Undo[]) {
  const folder = await mkdtemp(join(tmpdir(), 'errata-pages-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const pagesSocket = join(folder, 'next.sock');
  const publicUrl = env().ERRATA_PUBLIC_URL;
  const common = {
    cwd: ROOT,
    report,
    late,
    env: childEnv({
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // The front says which host was asked, and lets no client say so.
      AUTH_TRUST_HOST: 'true',
      ...(publicUrl ? { NEXTAUTH_URL: publicUrl } : {}),
    }),
  };
  const pages = keepRunning({
    ...common,
    name: 'pages',
    script: join(ROOT, 'lib/server/pages-process.mjs'),
    args: [pagesSocket, dev ? 'dev' : 'start', ROOT],
  });
  undo.push(pages.stop);
  const worker = keepRunning({ ...common, name: 'worker', script: join(ROOT, 'cli/errata.mjs'), args: ['worker'] });
  undo.push(worker.stop);
  const ready = Promise.all([pages.ready, worker.ready]);
  ready.catch(() => {});
  return { pages, pagesSocket, ready };
}

async function listen({ server }: Front, port: number, host: string): Promise<number> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen({ port, host }, done)).catch((error) => {
    throw portError(error, port, host);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function banner({ port, setupPath, dev }: { port: number; setupPath: string | null; dev: boolean }): string {
  const origin = env().ERRATA_PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${port}`;
  const lines = ['', `  Errata is running${dev ? ' (development)' : ''} at ${origin}`];
  if (setupPath) lines.push('', '  First run: make your account with this one-time link', `  ${origin}${setupPath}`);
  if (env().ERRATA_OPEN_CAPTURE) {
    lines.push('', '  Warning: ERRATA_OPEN_CAPTURE is on. Anyone who reaches this port can send errors without a key.');
  }
  return `${lines.join('\n')}\n\n`;
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    await step().catch((error: unknown) => report(`While stopping: ${error instanceof Error ? error.message : error}`));
  }
}

async function startAll({ dev, demo }: StartOptions, undo: Undo[]): Promise<void> {
  const { PORT, HOST, ERRATA_TRUST_PROXY } = env();
  const { version }: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const dataDir = await ensureDataDir();
  undo.push(await lockInstance(dataDir, { command: 'start', port: PORT }));
  await refuseTakenPort(PORT, HOST);
  reloadEnv({ ERRATA_DATA_DIR: dataDir, ERRATA_SECRET: env().ERRATA_SECRET ?? (await ensureSecret(dataDir)) });
  await ensureDatabaseClient();
  if (!dev) await ensureBuild(report);
  // The database comes up beside the children, and must outlive them.
  const undoDatabase: Undo[] = [];
  undo.push(() => undoAll(undoDatabase));
  const database = prepareDatabase(dataDir, undoDatabase);
  const late = database.then(() => ({ DATABASE_URL: env().DATABASE_URL ?? '' }));
  const { pages, pagesSocket, ready } = await startChildren(dev, late, undo);
  const { setupPath } = await database;
  if (demo) await (await import('../demo/load-demo.server')).loadDemo();
  await ready;
  const spool = await openSpool(join(dataDir, 'spool'), env().ERRATA_SPOOL_MAX_MB * MEGABYTE);
  const capture = createCapture({ databaseUrl: env().DATABASE_URL ?? '', spool });
  const front = createFront({
    capture,
    pagesSocket,
    readiness: () =>
      checkReadiness({ pool: getPool(), migrated: true, pagesUp: pages.isUp(), spool: capture.spoolState() }),
    trustProxy: ERRATA_TRUST_PROXY,
    version,
    upgrades: dev,
  });
  undo.push(front.close);
  const port = await listen(front, PORT, HOST);
  process.stdout.write(banner({ port, setupPath, dev }));
}

/**
 * `errata start`: brings everything up, and down again in the opposite order when `stopped` resolves.
 * @throws Error fit to be shown as it is, when something cannot start; everything that did start is stopped first.
 */
export async function supervise(options: StartOptions, stopped: Promise<unknown>): Promise<void> {
  const undo: Undo[] = [];
  const starting = startAll(options, undo);
  try {
    await Promise.race([starting, stopped]);
    await stopped;
    // Told to stop while starting: what is half way up gets on the list before the list is worked off.
    await Promise.race([starting.catch(() => {}), sleep(2000)]);
  } finally {
    await undoAll(undo);
  }
}
