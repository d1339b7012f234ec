import { readFile, rm } from 'node:fs/promises';
import { createServer as createProbe } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getPool } from '../db/client.server';
import { childEnv, env, reloadEnv } from '../env.server';
import { type KeyMemory, openKeyMemory } from '../ingest/key-memory.server';
import { createCapture } from '../ingest/receive-events.server';
import { openSpool } from '../ingest/spool-files.server';
import { ensureBuild, ensureDatabaseClient, STATIC_FOLDER } from './build-pages.server';
import { keepRunning } from './child.server';
import { bringUpDatabase } from './coming-database.server';
import { createFront, type Front } from './front.server';
import { lockInstance } from './instance-lock.server';
import { makePagesFolder } from './pages-folder.server';
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

/** Starts the pages and the worker; they load while the database comes up, whose address they get by `late`. */
async function startChildren(dev: boolean, late: Promise<Record<string, string>>, undo: Undo[]) {
  const folder = await makePagesFolder(new Date());
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

const originAt = (port: number): string => env().ERRATA_PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${port}`;

const setupLines = (port: number, setupPath: string | null): string[] =>
  setupPath ? ['', '  First run: make your account with this one-time link', `  ${originAt(port)}${setupPath}`] : [];

function banner({ port, up, dev }: { port: number; up: { setupPath: string | null } | null; dev: boolean }): string {
  const lines = ['', `  Errata is running${dev ? ' (development)' : ''} at ${originAt(port)}`];
  if (up) lines.push(...setupLines(port, up.setupPath));
  else {
    lines.push('', '  The database is not there yet: pages come with it, and events of known projects wait on disk.');
  }
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
  let keys: KeyMemory | undefined;
  const database = await bringUpDatabase({
    dataDir,
    async worthWaiting(name) {
      keys = await openKeyMemory(join(dataDir, 'keys.json'), name);
      return keys.size > 0;
    },
    report,
  });
  undo.push(database.stop);
  const late = database.up.then(() => ({ DATABASE_URL: database.url }));
  late.catch(() => {});
  const { pages, pagesSocket, ready } = await startChildren(dev, late, undo);
  const isUp = await database.firstTry;
  const filled = database.up.then(async (up) => {
    if (demo) await (await import('../demo/load-demo.server')).loadDemo();
    await ready;
    return up;
  });
  filled.catch(() => {});
  const up = isUp ? await filled : null;
  const spool = await openSpool(join(dataDir, 'spool'), env().ERRATA_SPOOL_MAX_MB * MEGABYTE);
  const capture = createCapture({
    databaseUrl: database.url,
    spool,
    keyMemory: keys,
    isPrepared: database.isUp,
  });
  const front = createFront({
    capture,
    pagesSocket,
    staticFolder: dev ? undefined : STATIC_FOLDER,
    readiness: () =>
      checkReadiness({
        pool: getPool(),
        migrated: database.isUp(),
        pagesUp: pages.isUp(),
        spool: capture.spoolState(),
        knowsKeys: (keys?.size ?? 0) > 0,
      }),
    trustProxy: ERRATA_TRUST_PROXY,
    version,
    upgrades: dev,
  });
  undo.push(front.close);
  const port = await listen(front, PORT, HOST);
  process.stdout.write(banner({ port, up, dev }));
  if (up) return;
  filled.then(
    ({ setupPath }) => report(['The database is there.', ...setupLines(port, setupPath)].join('\n')),
    (error) => report(`Not everything could be started: ${error instanceof Error ? error.message : error}`),
  );
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
