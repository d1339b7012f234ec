import type { PoolClient } from 'pg';
import { getPool } from '../db/client.server';
import { DAY_MS } from '../time';
import { BLOCK_EPOCH, ROLLUP_COLUMNS, ROLLUPS, type Rollup } from './rollups';

/** Triggers follow days that are older than two days: one day to spare for transactions that take long. */
const SETTLED_DAYS = 3;

/**
 * Sums up the weeks, and fours of weeks, that ended three days ago, each in a transaction of its own. Writers of days wait
 * for it, and it for them, so that none of their counts is missed. `now` may lie in the past, not in the future.
 * @returns how many weeks were folded, of all rollups together.
 */
export async function foldRollups(now: Date): Promise<number> {
  const client = await getPool().connect();
  let folded = 0;
  try {
    for (const rollup of ROLLUPS) while (await inTransaction(client, () => foldWeek(client, rollup, now))) folded++;
  } finally {
    client.release();
  }
  return folded;
}

async function inTransaction(client: PoolClient, work: () => Promise<boolean>): Promise<boolean> {
  await client.query('BEGIN');
  try {
    const done = await work();
    await client.query('COMMIT');
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** @returns whether there was a week to fold. */
async function foldWeek(client: PoolClient, rollup: Rollup, now: Date): Promise<boolean> {
  await client.query(`LOCK TABLE ${rollup}_day IN SHARE ROW EXCLUSIVE MODE`);
  const { rows } = await client.query<{ from: Date; due: boolean }>(
    `SELECT w.from, w.from + interval '7 days' <= least(now(), $3) - interval '${SETTLED_DAYS} days' AS due
     FROM (SELECT greatest(f.until, date_bin(interval '28 days', (SELECT min(hour) FROM ${rollup}_day), $2)) AS from
           FROM rollup_fold f WHERE f.rollup = $1) w`,
    [rollup, BLOCK_EPOCH, now],
  );
  const week = rows[0];
  if (!week?.from || !week.due) return false;
  const until = new Date(week.from.getTime() + 7 * DAY_MS);
  const columns = ROLLUP_COLUMNS[rollup];
  const fold = (days: number) =>
    client.query(
      `INSERT INTO ${rollup}_block (days, hour, ${columns}, count)
       SELECT ${days}, $1, ${columns}, sum(count) FROM ${rollup}_day WHERE hour >= $1 AND hour < $2
       GROUP BY ${columns} ORDER BY ${columns}`,
      [new Date(until.getTime() - days * DAY_MS), until],
    );
  await fold(7);
  if ((until.getTime() - BLOCK_EPOCH.getTime()) % (28 * DAY_MS) === 0) await fold(28);
  await client.query('UPDATE rollup_fold SET until = $2 WHERE rollup = $1', [rollup, until]);
  return true;
}
