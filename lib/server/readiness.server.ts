import type { Pool } from 'pg';
import { HEARTBEAT_KEY, isWorkerAlive } from '../jobs/worker-health';

export interface Readiness {
  ready: boolean;
  /** State of each part; `ok` or what is wrong. */
  parts: Record<'database' | 'migrations' | 'worker' | 'pages', string>;
}

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

/** Asks each part; one query answers for the database and the worker. Never throws. */
export async function checkReadiness({
  pool,
  migrated,
  pagesUp,
}: {
  pool: Pool;
  migrated: boolean;
  pagesUp: boolean;
}): Promise<Readiness> {
  const parts: Readiness['parts'] = {
    database: 'ok',
    migrations: migrated ? 'ok' : 'pending',
    worker: 'ok',
    pages: pagesUp ? 'ok' : 'starting',
  };
  try {
    if (!isWorkerAlive(await heartbeatAge(pool))) parts.worker = 'no heartbeat';
  } catch {
    parts.database = 'unreachable';
    parts.worker = 'unknown';
  }
  return { ready: Object.values(parts).every((state) => state === 'ok'), parts };
}
