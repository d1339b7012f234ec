import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { reloadEnv } from '../env.server';
import { DAY_MS, HOUR_MS } from '../time';
import { enforceRetention } from './enforce-retention.server';

const database = useTestDatabase();
const NOW = new Date('2026-11-21T12:00:00Z');
const TODAY = '2026-11-21';

beforeEach(async () => {
  const { rows } = await getPool().query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent = 'event'::regclass AND inhrelid <> 'event_default'::regclass`,
  );
  for (const { name } of rows) await getPool().query(`DROP TABLE ${name}`);
  await database.truncate();
});

async function project(slug: string, settings: object = {}): Promise<number> {
  const { rows } = await getPool().query(
    `INSERT INTO project (slug, name, prefix, settings) VALUES ($1, $1, upper($1), $2) RETURNING id`,
    [slug, settings],
  );
  return rows[0].id;
}

async function issue(projectId: number, number: number, times: Date[]): Promise<void> {
  await getPool().query(
    `INSERT INTO issue (project_id, number, title, level, service, environment, first_seen, last_seen, status_changed_at, event_count)
     VALUES ($1, $2, 'E', 'error', 'api', 'production', $3, $3, $3, $4)`,
    [projectId, number, NOW, times.length],
  );
  await getPool().query(
    `INSERT INTO event (project_id, "time", id, issue_number, received_at, level, service, environment, title, hash, data)
     SELECT $1, t, i, $2, t, 'error', 'api', 'production', 'E', 'h', '{}' FROM unnest($3::timestamptz[], $4::uuid[]) AS x (t, i)`,
    [projectId, number, times, times.map(() => randomUUID())],
  );
}

const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const daysAgo = (...days: number[]): Date[] => days.map((day) => ago(day * DAY_MS));
async function kept(projectId: number, number = 1): Promise<Date[]> {
  const { rows } = await getPool().query(
    'SELECT "time" FROM event WHERE project_id = $1 AND issue_number = $2 ORDER BY "time"',
    [projectId, number],
  );
  return rows.map((row) => row.time);
}

describe('age', () => {
  it('deletes what is older than its own project keeps it, and nothing else', async () => {
    const short = await project('short', { retention_days: 7 });
    const usual = await project('usual');
    await issue(short, 1, daysAgo(6.9, 7.1, 30));
    await issue(usual, 1, daysAgo(6.9, 7.1, 89, 91));
    expect(await enforceRetention(NOW)).toEqual({ partitions: [], aged: 3, beyondCap: 0, attachments: 0, stacks: 0 });
    expect([(await kept(short)).length, (await kept(usual)).length]).toEqual([1, 3]);
    expect(await enforceRetention(NOW)).toEqual({ partitions: [], aged: 0, beyondCap: 0, attachments: 0, stacks: 0 });
  });

  it('drops a day as a whole once no project keeps it', async () => {
    const short = await project('short', { retention_days: 7 });
    await project('long', { retention_days: 30 });
    for (const day of ['20261021', '20261022', '20261110']) {
      const from = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
      await getPool().query(
        `CREATE TABLE event_${day} PARTITION OF event FOR VALUES FROM ('${from}') TO ('${from}'::timestamptz + interval '1 day')`,
      );
    }
    await issue(short, 1, [new Date('2026-10-21T08:00:00Z'), new Date('2026-11-10T08:00:00Z'), ago(HOUR_MS)]);
    expect(await enforceRetention(NOW)).toEqual({
      partitions: ['event_20261021'],
      aged: 1,
      beyondCap: 0,
      attachments: 0,
      stacks: 0,
    });
    expect(await kept(short)).toEqual([ago(HOUR_MS)]);
  });

  it('deletes more than fits into one step', async () => {
    const one = await project('one', { retention_days: 1 });
    await issue(
      one,
      1,
      Array.from({ length: 4500 }, (_, n) => ago(2 * DAY_MS + n)),
    );
    expect((await enforceRetention(NOW)).aged).toBe(4500);
  });
});

it('deletes old attachments, and a file once nothing refers to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'errata-retention-'));
  process.env.ERRATA_DATA_DIR = folder;
  reloadEnv();
  const one = await project('one', { retention_days: 1 });
  const names = { old: 'a'.repeat(64), shared: 'b'.repeat(64) };
  const add = async (sha256: string, at: Date): Promise<string> => {
    await getPool().query(
      `INSERT INTO event_attachment (project_id, event_id, filename, content_type, kind, size, sha256, received_at)
       VALUES ($1, $2, 'x.txt', 'text/plain', 'event.attachment', 1, $3, $4)`,
      [one, randomUUID(), sha256, at],
    );
    const path = join(folder, 'attachments', String(one), sha256.slice(0, 2), sha256);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'x');
    return path;
  };
  const old = await add(names.old, ago(2 * DAY_MS));
  await add(names.shared, ago(2 * DAY_MS));
  const shared = await add(names.shared, ago(HOUR_MS));
  expect((await enforceRetention(NOW)).attachments).toBe(2);
  expect([existsSync(old), existsSync(shared)]).toEqual([false, true]);
  rmSync(folder, { recursive: true });
});

describe('cap', () => {
  it('keeps the first, the latest and a spread, and the count as it was', async () => {
    const one = await project('one', { max_events_per_issue: 100 });
    const times = Array.from({ length: 5000 }, (_, n) => ago((5000 - n) * 60_000));
    await issue(one, 1, times);
    await issue(one, 2, times.slice(0, 100));
    expect(await enforceRetention(NOW)).toEqual({
      partitions: [],
      aged: 0,
      beyondCap: 4900,
      attachments: 0,
      stacks: 0,
    });
    const left = await kept(one);
    expect(left).toHaveLength(100);
    expect(left.slice(0, 10)).toEqual(times.slice(0, 10));
    expect(left.slice(-50)).toEqual(times.slice(-50));
    const gaps = left.slice(10, 50).map((time, at) => (time.getTime() - left[at + 9]!.getTime()) / 60_000);
    expect(Math.max(...gaps.slice(1)) - Math.min(...gaps.slice(1))).toBeLessThanOrEqual(1);
    expect(await kept(one, 2)).toHaveLength(100);
    const { rows } = await getPool().query('SELECT event_count::int AS n FROM issue ORDER BY number');
    expect(rows.map((row) => row.n)).toEqual([5000, 100]);
    expect((await enforceRetention(NOW)).beyondCap).toBe(0);
  });

  it('keeps each event once more have come, first ones included', async () => {
    const one = await project('one', { max_events_per_issue: 10 });
    await issue(
      one,
      1,
      Array.from({ length: 11 }, (_, n) => ago((11 - n) * 1000)),
    );
    await enforceRetention(NOW);
    expect(await kept(one)).toHaveLength(10);
    expect((await kept(one))[0]).toEqual(ago(11_000));
  });
});

it('deletes stacks two days after the last event that could name them, by the retention of each project', async () => {
  const short = await project('short', { retention_days: 7 });
  const usual = await project('usual');
  for (const id of [short, usual]) {
    await getPool().query(
      `INSERT INTO stack (project_id, hash, body, last_used)
       SELECT $1, gen_random_uuid(), '{}', $2::date - days FROM unnest('{0, 9, 10, 92, 93}'::int[]) AS x (days)`,
      [id, TODAY],
    );
  }
  expect((await enforceRetention(NOW)).stacks).toBe(4);
  const { rows } = await getPool().query(
    'SELECT project_id, $1::date - last_used AS days FROM stack ORDER BY project_id, days',
    [TODAY],
  );
  expect(rows.map(({ project_id, days }) => [project_id, days])).toEqual([
    [short, 0],
    [short, 9],
    [usual, 0],
    [usual, 9],
    [usual, 10],
    [usual, 92],
  ]);
});
