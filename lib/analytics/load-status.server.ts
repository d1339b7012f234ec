import { z } from 'zod';
import { assertCan, type Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { HEARTBEAT_KEY, isWorkerAlive } from '../jobs/worker-health';

const stateSchema = z.enum(['ok', 'down']);
export const statusSchema = z.object({
  /** `ok`, or `degraded` when a component is down. */
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  time: z.iso.datetime(),
  /** Seconds since the process that serves the pages started. */
  uptime_seconds: z.number().int(),
  components: z.object({
    database: z.object({ status: stateSchema, size_bytes: z.number().int(), version: z.string() }),
    worker: z.object({ status: stateSchema, heartbeat_age_seconds: z.number().nullable() }),
    queue: z.object({
      status: stateSchema,
      waiting: z.number().int(),
      failed: z.number().int(),
      oldest_seconds: z.number(),
    }),
    capture: z.object({ status: stateSchema, last_event: z.iso.datetime().nullable() }),
  }),
});
export type Status = z.infer<typeof statusSchema>;

/** A queue whose oldest job waits longer is not being worked off. */
const QUEUE_PATIENCE_S = 300;

interface StatusColumns {
  size: string;
  version: string;
  heartbeat_ms: number | null;
  waiting: number;
  failed: number;
  oldest_seconds: number;
  last_event: Date | null;
}

/** How each part is doing. The database is up when this answers at all. */
export async function loadStatus({
  viewer,
  now,
  version,
}: {
  viewer: Viewer;
  now: Date;
  version: string;
}): Promise<Status> {
  assertCan(viewer, 'read');
  const { rows } = await getPool().query<StatusColumns>(
    `SELECT pg_database_size(current_database()) AS size, current_setting('server_version') AS version,
       (SELECT extract(epoch FROM now() - updated_at) * 1000 FROM setting WHERE key = $1)::float8 AS heartbeat_ms,
       q.*, (SELECT max(last_seen) FROM issue) AS last_event
     FROM (SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now())::int AS waiting,
             count(*) FILTER (WHERE attempts >= max_attempts)::int AS failed,
             coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE attempts < max_attempts AND run_at <= now())), 0)::float8
               AS oldest_seconds
           FROM graphile_worker.jobs) q`,
    [HEARTBEAT_KEY],
  );
  const row = rows[0] as StatusColumns;
  const worker = isWorkerAlive(row.heartbeat_ms) ? 'ok' : 'down';
  const queue = row.oldest_seconds <= QUEUE_PATIENCE_S ? 'ok' : 'down';
  return {
    status: worker === 'ok' && queue === 'ok' ? 'ok' : 'degraded',
    version,
    time: now.toISOString(),
    uptime_seconds: Math.round(process.uptime()),
    components: {
      database: { status: 'ok', size_bytes: Number(row.size), version: row.version },
      worker: {
        status: worker,
        heartbeat_age_seconds: row.heartbeat_ms === null ? null : Math.round(row.heartbeat_ms / 1000),
      },
      queue: {
        status: queue,
        waiting: row.waiting,
        failed: row.failed,
        oldest_seconds: Math.max(0, Math.round(row.oldest_seconds)),
      },
      capture: { status: 'ok', last_event: row.last_event?.toISOString() ?? null },
    },
  };
}
