import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { ensureEventPartitions } from './event-partitions.server';

useTestDatabase();
const NOW = new Date('2026-11-21T12:00:00Z');

beforeEach(async () => {
  const { rows } = await getPool().query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent = 'event'::regclass AND inhrelid <> 'event_default'::regclass`,
  );
  for (const { name } of rows) await getPool().query(`DROP TABLE ${name}`);
  await getPool().query('TRUNCATE event_default');
});

async function insertEvent(time: string): Promise<void> {
  await getPool().query(
    `INSERT INTO event (project_id, "time", id, issue_number, received_at, level, service, environment, title, hash, data)
     VALUES (1, $1, $2, 1, $1, 'error', 'api', 'production', 'E', 'h', '{}')`,
    [time, randomUUID()],
  );
}

async function rowsByPartition(): Promise<Record<string, number>> {
  const { rows } = await getPool().query<{ name: string; count: number }>(
    `SELECT tableoid::regclass::text AS name, count(*)::int AS count FROM event GROUP BY 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.count]));
}

it('makes ten days once', async () => {
  expect(await ensureEventPartitions(NOW)).toHaveLength(10);
  expect(await ensureEventPartitions(NOW)).toEqual([]);
});

it('goes on from where the last call stopped', async () => {
  await ensureEventPartitions(NOW);
  expect(await ensureEventPartitions(new Date('2026-11-22T00:00:00Z'))).toEqual(['event_20261129']);
});

it('moves the rows that the default partition caught, and leaves those of other days', async () => {
  await insertEvent('2026-11-21T00:00:00Z');
  await insertEvent('2026-11-21T23:59:59.999Z');
  await insertEvent('2026-11-01T00:00:00Z');
  await ensureEventPartitions(NOW);
  await insertEvent('2026-11-22T08:00:00Z');
  expect(await rowsByPartition()).toEqual({ event_20261121: 2, event_20261122: 1, event_default: 1 });
});

it('loses nothing while events come in', async () => {
  const writes = Array.from({ length: 60 }, (_, index) =>
    insertEvent(`2026-11-21T10:00:${String(index).padStart(2, '0')}Z`),
  );
  await Promise.all([ensureEventPartitions(NOW), ensureEventPartitions(NOW), ...writes]);
  const counts = await rowsByPartition();
  expect(counts).toEqual({ event_20261121: 60 });
});
