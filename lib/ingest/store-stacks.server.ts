import type { Pool, PoolClient } from 'pg';
import { KnownStacks } from './known-stacks';
import type { PendingEvent } from './pending-event';
import { encodeBody, type SharedStack } from './shared-stack';

/**
 * $1 projects, $2 hashes, $3 bodies, $4 the day. In one order for all writers, who come here with their issues locked and
 * lock nothing but counts after it.
 */
const INSERT_STACKS = `
  INSERT INTO stack AS s (project_id, hash, body, last_used)
  SELECT project_id, hash, body, $4::date FROM unnest($1::int[], $2::uuid[], $3::text[]) AS x (project_id, hash, body)
  ORDER BY 1, 2
  ON CONFLICT (project_id, hash) DO UPDATE SET last_used = excluded.last_used WHERE s.last_used < excluded.last_used`;

const memories = new WeakMap<Pool, KnownStacks>();

/**
 * What is known to be stored in the database behind a pool. A new connection may lead to a database that was restored
 * meanwhile, or to another one, so nothing is known of it.
 */
export function knownStacks(pool: Pool): KnownStacks {
  const there = memories.get(pool);
  if (there) return there;
  const known = new KnownStacks();
  memories.set(pool, known);
  pool.on('connect', () => known.forget());
  return known;
}

/** Stacks that have to be written with a batch, by key. */
export type NewStacks = ReadonlyMap<string, { projectId: number; stack: SharedStack }>;

/** The stacks that events name and that are not known to be stored. @param day UTC, as `2026-11-22`. */
export function findNewStacks(events: readonly PendingEvent[], known: KnownStacks, day: string): NewStacks {
  const found = new Map<string, { projectId: number; stack: SharedStack }>();
  for (const { projectId, stacks = [], sampled } of events) {
    for (const stack of sampled ? [] : stacks) {
      const key = `${projectId}:${stack.hash}`;
      if (!found.has(key) && !known.has(key, day)) found.set(key, { projectId, stack });
    }
  }
  return found;
}

/** Stores stacks, or notes that they are in use today. In the transaction of the events that name them, before these. */
export function insertStacks(client: PoolClient, stacks: NewStacks, day: string): Promise<unknown>[] {
  if (stacks.size === 0) return [];
  const rows = [...stacks.values()];
  const values = [
    rows.map(({ projectId }) => projectId),
    rows.map(({ stack }) => stack.hash),
    rows.map(({ stack }) => encodeBody(stack)),
    day,
  ];
  return [client.query({ name: 'insert_stacks', text: INSERT_STACKS, values })];
}
