import type { Pool } from 'pg';
import { getPool } from '../db/client.server';
import { BLOCK_EPOCH, ROLLUPS, type Rollup } from './rollups';

type Folded = Record<Rollup, Date>;

/** Folding only ever goes on, so that what was true a minute ago still is; questions need not ask each time. */
const KEPT_MS = 60_000;
const kept = new WeakMap<Pool, { at: number; folded: Promise<Folded> }>();

/** Up to which instant the weeks of each rollup can be read. */
export function foldedUntil(): Promise<Folded> {
  const pool = getPool();
  const known = kept.get(pool);
  if (known && Date.now() - known.at < KEPT_MS) return known.folded;
  const folded = read(pool);
  kept.set(pool, { at: Date.now(), folded });
  folded.catch(() => kept.delete(pool));
  return folded;
}

async function read(pool: Pool): Promise<Folded> {
  const { rows } = await pool.query<{ rollup: Rollup; until: Date }>('SELECT rollup, until FROM rollup_fold');
  const of = (rollup: Rollup): Date => rows.find((row) => row.rollup === rollup)?.until ?? BLOCK_EPOCH;
  return Object.fromEntries(ROLLUPS.map((rollup) => [rollup, of(rollup)])) as Folded;
}
