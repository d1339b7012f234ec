import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { disconnectDb } from '@/lib/db/client.server';
import { startEmbedded } from '@/lib/db/embedded.server';
import { migrate } from '@/lib/db/migrate.server';
import { reloadEnv } from '@/lib/env.server';
import { ensureEventPartitions } from '@/lib/retention/event-partitions.server';
import type { AppUsage } from './app';
import { KEY } from './bodies';
import { treeSeconds } from './usage';

const DAY_MS = 86_400_000;
const DAYS = 10;
const FILL_STEP = 250_000;

export interface Usage extends AppUsage {
  /** Seconds of the processor that PostgreSQL has used, all its processes together. */
  database: number;
}

/** PostgreSQL as Errata sets it up, and a process with the capture routes beside it. */
export interface Target {
  port: number;
  folder: string;
  client: Client;
  usage(): Promise<Usage>;
  remove(): Promise<void>;
}

export async function startTarget(profiled: boolean): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'errata-bench-'));
  await chmod(folder, 0o777);
  const database = await startEmbedded({ dataDir: folder });
  await migrate(database.url);
  reloadEnv({ DATABASE_URL: database.url });
  for (let day = 0; day <= DAYS; day++) await ensureEventPartitions(new Date(Date.now() - day * DAY_MS));
  await disconnectDb();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`INSERT INTO project (slug, name, prefix) VALUES ('bench', 'Bench', 'B')`);
  await client.query(`INSERT INTO project_key (project_id, public_key) VALUES (1, $1)`, [KEY]);
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    env: { ...process.env, BENCH_DATABASE: database.url, BENCH_PROFILE: profiled ? '1' : '' },
  });
  const hear = <T>(): Promise<T> => new Promise((heard) => child.once('message', (message) => heard(message as T)));
  const port = await hear<number>();
  return {
    port,
    folder,
    client,
    async usage() {
      const answer = hear<AppUsage>();
      child.send('usage');
      return { ...(await answer), database: treeSeconds(database.pid) };
    },
    async remove() {
      child.kill();
      await client.end();
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Brings the number of stored events to `count`: copies of those that are there, under ids of their own and spread over
 * the last days. @returns how many there are.
 */
export async function fillEvents(client: Client, count: number): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM event');
  let stored = rows[0]?.n ?? 0;
  if (stored >= count) return stored;
  await client.query('DROP TABLE IF EXISTS bench_sample');
  await client.query('CREATE UNLOGGED TABLE bench_sample AS SELECT * FROM event LIMIT 5000');
  for (; stored < count; stored += FILL_STEP) {
    const step = Math.min(FILL_STEP, count - stored);
    await client.query(
      `INSERT INTO event
       SELECT project_id, now() - ((g.n + $2::float8) / $3) * interval '${DAYS} days', gen_random_uuid(), issue_number,
         received_at, level, service, environment, release, title, hash, data, raw
       FROM generate_series(1, ceil($1 / 5000.0)::int) AS g (n), bench_sample LIMIT $1`,
      [step, stored / 5000, count / 5000],
    );
  }
  await client.query('ANALYZE event');
  return count;
}

/**
 * Events a second that `COPY` brings from a file into the table of events as it is, at most 100,000 of those stored, and
 * seconds of the processor for each. They are taken out of the table before.
 */
export async function copyRate({ client, folder, usage }: Target): Promise<{
  rate: number;
  rows: number;
  bytes: number;
  cpu: number;
}> {
  const file = join(folder, 'events.copy');
  await client.query('DROP TABLE IF EXISTS bench_rows');
  await client.query(
    `CREATE UNLOGGED TABLE bench_rows AS SELECT * FROM event WHERE received_at > now() - interval '1 hour' LIMIT 100000`,
  );
  await client.query(`COPY bench_rows TO '${file}'`);
  const { rows } = await client.query(
    'SELECT count(*)::int AS n, avg(octet_length(data::text) + coalesce(octet_length(raw), 0))::int AS bytes FROM bench_rows',
  );
  await client.query('DELETE FROM event e USING bench_rows b WHERE e.time = b.time AND e.id = b.id');
  await client.query('VACUUM event');
  await client.query('CHECKPOINT');
  const before = await usage();
  const started = performance.now();
  await client.query(`COPY event FROM '${file}'`);
  const seconds = (performance.now() - started) / 1000;
  const cpu = ((await usage()).database - before.database) / rows[0].n;
  await rm(file, { force: true });
  return { rate: rows[0].n / seconds, rows: rows[0].n, bytes: rows[0].bytes, cpu };
}
