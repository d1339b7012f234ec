import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { canReach, type PostgresAccount, postgresAccount } from './postgres-account.server';
import { postgresBinaries } from './postgres-binaries.server';
import {
  accepts,
  EMBEDDED_NAME,
  findPostmaster,
  isServed,
  readPostmaster,
  socketUrl,
  stopPostmaster,
} from './postmaster.server';

export interface EmbeddedDatabase {
  /** A `postgresql://` URL over a Unix socket; the operating system says who may use it, so there is no password. */
  url: string;
  pid: number;
  /** The cluster's folder. */
  data: string;
  socketFolder: string;
  stop(): Promise<void>;
  /** Resolves when the server ends by itself. */
  ended: Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder of Errata; the cluster lies in `postgres` below it, or in a system folder where that cannot be entered. */
  dataDir: string;
  /** False gives up safety for speed: for tests. */
  durable?: boolean;
  /** Most connections. */
  connections?: number;
  /** The folder of an earlier start, so that the URL stays the same. */
  socketFolder?: string;
}

// A small machine is the measure; whoever has a large one sets DATABASE_URL to a PostgreSQL of their own.
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  io_method: 'sync',
  autovacuum_naptime: '20s',
  autovacuum_vacuum_insert_scale_factor: '0.05',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A refused statement is the caller's to report, and its text may hold somebody's data.
  log_min_messages: 'fatal',
  log_checkpoints: 'off',
};
// Nothing of the caller's: PGDATA, LC_* and the like would change what it does.
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv;

const SOCKET_PREFIX = 'errata-pg-';
const FAST_SETTINGS: Record<string, string> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The folder outside the checkout, the same for the same data folder at every start. */
async function systemFolder(dataDir: string): Promise<string> {
  const name = `errata-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 12)}`;
  const parent = process.getuid?.() === 0 && (await exists('/var/lib')) ? '/var/lib' : '/var/tmp';
  return join(parent, name);
}

/**
 * Where the cluster lies. One that exists wins, so that a changed permission never looks like an empty database.
 */
async function clusterFolder(dataDir: string, system: string, account: PostgresAccount): Promise<string> {
  const inside = join(resolve(dataDir), 'postgres');
  const outside = join(system, 'postgres');
  if (await exists(inside)) {
    if (canReach(account, inside)) return inside;
    throw new Error(
      `The database in ${inside} belongs to "${account.name}", who can no longer enter the folders above it. Give them the x permission back, or move the folder to ${outside}.`,
    );
  }
  if (await exists(outside)) return outside;
  return canReach(account, inside) ? inside : outside;
}

/** A copy, such as a backup that was put back, is often open to others or belongs to whoever copied it. */
async function claimCluster(data: string, account: PostgresAccount): Promise<void> {
  const stats = await stat(data).catch(() => undefined);
  if (!stats) return;
  if (stats.uid === account.uid) {
    await chmod(data, 0o700);
    return;
  }
  throw new Error(
    `The database in ${data} belongs to another user (uid ${stats.uid}; PostgreSQL would run as "${account.name}"). Start Errata as the user who made it, give it to that user (chown -R ${account.name} ${data}), or set ERRATA_DATA_DIR to a new folder.`,
  );
}

/** `initdb` into a folder beside, then one rename: what was interrupted half way is never taken for a database. */
async function createCluster(initdb: string, data: string, account: PostgresAccount): Promise<void> {
  const parent = dirname(data);
  await mkdir(parent, { recursive: true });
  for (const left of await readdir(parent)) {
    if (left.startsWith(`${basename(data)}.new`)) await rm(join(parent, left), { recursive: true, force: true });
  }
  const fresh = `${data}.new-${process.pid}`;
  await mkdir(fresh, { mode: 0o700 });
  await chown(fresh, account.uid, account.gid);
  // The builtin locale folds the case of all letters and sorts the same on every system.
  const locale = ['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
  const args = ['--pgdata', fresh, '--username', EMBEDDED_NAME, '--auth', 'peer', ...locale];
  try {
    await promisify(execFile)(initdb, args, { ...account.spawn, cwd: '/', env: ENVIRONMENT });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const { stderr } = error as { stderr?: string };
    throw new Error(`PostgreSQL could not make its data folder ${data}: ${stderr?.trim() || error}`, { cause: error });
  }
  await rename(fresh, data);
}

/** Only the user that Errata runs as, and the one that PostgreSQL runs as, may connect: the kernel vouches for them. */
async function writeAccess(data: string, account: PostgresAccount): Promise<void> {
  const users = [...new Set([userInfo().username, account.name, 'root'])];
  const files = {
    'pg_hba.conf': `local all ${EMBEDDED_NAME} peer map=errata\n`,
    'pg_ident.conf': users.map((user) => `errata "${user}" ${EMBEDDED_NAME}\n`).join(''),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(data, name), text, { mode: 0o600 });
    await chown(join(data, name), account.uid, account.gid);
  }
}

async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  child.once('exit', end).once('error', end);
  // Recovery after a power cut can take a while.
  for (let waited = 0; waited < 120_000 && !ended; waited += 15) {
    if (await accepts(url)) return;
    await sleep(15);
  }
  child.kill('SIGQUIT');
  const said = (await readFile(log, 'utf8').catch(() => '')).trim();
  throw new Error(`PostgreSQL did not start: ${said || `it ended without a word; see ${log}`}`);
}

/** Makes the database `errata` in a new cluster; the first start only. */
async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_NAME]);
    if (!rowCount) await client.query(`CREATE DATABASE ${EMBEDDED_NAME}`);
  } finally {
    await client.end();
  }
}

/** A private folder for the socket. Short by nature: the path of a socket may have 107 characters at most. */
async function makeSocketFolder(account: PostgresAccount, wanted?: string): Promise<string> {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((path) => path.length < 60 && canReach(account, join(path, 'x')));
  const folder = wanted ?? (await mkdtemp(join(parent ?? '/tmp', SOCKET_PREFIX)));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chown(folder, account.uid, account.gid);
  return folder;
}

const removeSocketFolder = async (folder: string): Promise<void> => {
  if (basename(folder).startsWith(SOCKET_PREFIX)) await rm(folder, { recursive: true, force: true });
};

/** Makes the folder of the socket before the server, so that its URL is known while it does not start. */
export async function makeSocket(): Promise<{ socketFolder: string; url: string; remove: () => Promise<void> }> {
  const socketFolder = await makeSocketFolder(postgresAccount());
  return {
    socketFolder,
    url: socketUrl({ socketFolder, port: 5432 }),
    remove: () => removeSocketFolder(socketFolder),
  };
}

async function launch(options: EmbeddedOptions, data: string, binary: string, account: PostgresAccount) {
  const socketFolder = await makeSocketFolder(account, options.socketFolder);
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...(options.durable === false ? FAST_SETTINGS : {}),
    max_connections: String(options.connections ?? 60),
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = `${data}.log`;
  const output = await open(log, 'w', 0o600);
  try {
    // Its own session: Ctrl-C in the terminal must reach Errata alone, which then stops things in order.
    const child = spawn(binary, args, {
      ...account.spawn,
      cwd: '/',
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: ENVIRONMENT,
    });
    child.unref();
    const server = { socketFolder, port: 5432 };
    await waitUntilReady(child, socketUrl(server, 'postgres'), log);
    await ensureDatabase(socketUrl(server, 'postgres'));
    return { child, socketFolder, url: socketUrl(server), pid: child.pid as number };
  } catch (error) {
    await removeSocketFolder(socketFolder);
    throw error;
  } finally {
    await output.close();
  }
}

/**
 * What a killed Errata left behind: a PostgreSQL that still runs is stopped (it would refuse a second one on its folder),
 * the traces of one that is gone are removed (it would take another process of that number for itself).
 */
async function clearRemains(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  const left = await readPostmaster(data);
  if (!left) {
    // A power cut leaves it empty or torn, and PostgreSQL would refuse to start for ever.
    if ((await exists(pidFile)) && (await isServed(data)) === false) await rm(pidFile);
    return;
  }
  if (await findPostmaster(data)) await stopPostmaster(left.pid);
  await removeSocketFolder(left.socketFolder);
  await rm(pidFile, { force: true });
}

/**
 * Starts PostgreSQL on the data folder; makes the cluster at first. About 1 s then, 0.3 s later. A PostgreSQL that a
 * killed Errata left running there is stopped first: that no other Errata uses the folder is for the caller to know.
 * @throws Error with what to do, when the folder belongs to somebody else or PostgreSQL does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const account = postgresAccount();
  const system = await systemFolder(options.dataDir);
  const data = await clusterFolder(options.dataDir, system, account);
  await claimCluster(data, account);
  await clearRemains(data);
  const binaries = await postgresBinaries(account, system);
  if (!(await exists(join(data, 'PG_VERSION')))) await createCluster(binaries.initdb, data, account);
  await writeAccess(data, account);
  const { child, socketFolder, url, pid } = await launch(options, data, binaries.postgres, account);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    await stopPostmaster(pid);
    await removeSocketFolder(socketFolder);
  };
  return { url, pid, data, socketFolder, stop, ended };
}

/** The URL of the PostgreSQL that runs on this data folder, if one does: for the command line beside a running Errata. */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const data = await clusterFolder(dataDir, await systemFolder(dataDir), postgresAccount());
  const running = await findPostmaster(data);
  return running && (await accepts(socketUrl(running))) ? socketUrl(running) : undefined;
}
