import type { Tx } from '../db/client.server';
import { Prisma } from '../db/generated/client';
import { JOB_PAYLOADS, type JobName, type JobPayload } from './job-types';

/**
 * Adds a job inside the caller's transaction: it runs if and only if that commits. With `key`, a job of the same key that
 * has not started is replaced, so that repeating the call does not repeat the work. `runAt` delays it.
 */
export async function enqueue<N extends JobName>(
  tx: Tx,
  name: N,
  payload: JobPayload<N>,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  const checked = JOB_PAYLOADS[name].parse(payload);
  await tx.$executeRaw(Prisma.sql`
    SELECT graphile_worker.add_job(${name}, ${JSON.stringify(checked)}::json, job_key => ${options.key ?? null}, run_at => ${options.runAt ?? null}::timestamptz)`);
}
