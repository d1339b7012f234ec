import type { PoolClient } from 'pg';
import { getPool } from '../db/client.server';
import { type EventDay, eventDays } from './event-days';

// Any constant: two processes must not make the same partition.
const PARTITIONS_LOCK = 8090_0001;

/** Rows of which two fit into a page are not compressed: that would cost as much as storing them. */
const STORAGE = 'toast_tuple_target = 4080';

/**
 * A day's partition cannot be attached while the default one holds rows of that day, so they move first. Writers wait
 * for the few milliseconds that takes: one that had chosen the default partition already would be refused.
 */
async function makePartition(client: PoolClient, { partition, from, to }: EventDay): Promise<void> {
  await client.query(`CREATE TABLE ${partition} (LIKE event INCLUDING DEFAULTS) WITH (${STORAGE})`);
  await client.query(
    `WITH moved AS (DELETE FROM event_default WHERE "time" >= '${from}' AND "time" < '${to}' RETURNING *)
     INSERT INTO ${partition} SELECT * FROM moved`,
  );
  await client.query(`ALTER TABLE event ATTACH PARTITION ${partition} FOR VALUES FROM ('${from}') TO ('${to}')`);
}

/**
 * Makes the partitions of `event` that are missing around `now`, and moves what the default one caught of those days.
 * Idempotent, and safe while events come in.
 * @returns names of the partitions made.
 */
export async function ensureEventPartitions(now: Date = new Date()): Promise<string[]> {
  const client = await getPool().connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
    const { rows } = await client.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event'::regclass`,
    );
    const present = new Set(rows.map((row) => row.name));
    const missing = eventDays(now).filter((day) => !present.has(day.partition));
    if (missing.length > 0) await client.query('LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE');
    for (const day of missing) await makePartition(client, day);
    await client.query('COMMIT');
    return missing.map((day) => day.partition);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
