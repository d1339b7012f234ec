import type { Pool } from 'pg';
import { HEARTBEAT_KEY, isWorkerAlive } from '../jobs/worker-health';

export interface Readiness {
  /**
   * Whether to send requests here. True as well while the database is away, or was not there at the start, and the spool
   * has room for events of keys that are known: a balancer that turned clients away would lose what the spool is there
   * to keep.
   */
  ready: boolean;
  /** Capture works, and something else does not. */
  degraded: boolean;
  /** State of each part; `ok` or what is wrong. */
  parts: Record<'database' | 'migrations' | 'worker' | 'pages' | 'spool', string>;
}

/** What waits on disk; null when events are kept nowhere but in the database. */
export type SpoolLevel = { bytes: number; max_bytes: number } | null;

const PATIENCE_MS = 2000;

/** Age of the worker's last heartbeat by the database's own clock; null when it never beat. */
async function heartbeatAge(pool: Pool): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer')), PATIENCE_MS);
  });
  const asked = pool.query<{ age: number }>(
    `SELECT (extract(epoch FROM now() - updated_at) * 1000)::float8 AS age FROM setting WHERE key = $1`,
    [HEARTBEAT_KEY],
  );
  asked.catch(() => {});
  try {
    return (await Promise.race([asked, late])).rows[0]?.age ?? null;
  } finally {
    clearTimeout(timer);
  }
}

const isMissingTable = (error: unknown): boolean =>
  error !== null && typeof error === 'object' && 'code' in error && error.code === '42P01';

/** Asks each part; one query answers for the database and the worker. Never throws. */
export async function checkReadiness({
  pool,
  migrated,
  pagesUp,
  spool,
  knowsKeys,
}: {
  pool: Pool;
  migrated: boolean;
  pagesUp: boolean;
  spool: SpoolLevel;
  /** Whether there is a key whose events can be taken without the database. */
  knowsKeys: boolean;
}): Promise<Readiness> {
  const parts: Readiness['parts'] = {
    database: 'ok',
    migrations: migrated ? 'ok' : 'pending',
    worker: 'ok',
    pages: pagesUp ? 'ok' : 'starting',
    spool: spool && spool.bytes > 0 ? `${spool.bytes} of ${spool.max_bytes} bytes` : 'ok',
  };
  try {
    if (!isWorkerAlive(await heartbeatAge(pool))) parts.worker = 'no heartbeat';
  } catch (error) {
    // One that complains of a missing table answers.
    if (!isMissingTable(error)) parts.database = 'unreachable';
    parts.worker = 'unknown';
  }
  const hasRoom = spool !== null && spool.bytes < spool.max_bytes;
  const spooling = (parts.database !== 'ok' || parts.migrations !== 'ok') && hasRoom && knowsKeys;
  const { spool: waiting, ...needed } = parts;
  const well = Object.values(needed).every((state) => state === 'ok');
  return { ready: well || spooling, degraded: spooling || (well && waiting !== 'ok'), parts };
}
