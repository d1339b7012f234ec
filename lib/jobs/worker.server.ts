import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker';
import { getPool } from '../db/client.server';
import { env } from '../env.server';
import { log } from '../log.server';
import { JOB_PAYLOADS, type JobName, SCHEDULE } from './job-types';
import { handlers } from './registry.server';
import { HEARTBEAT_EVERY_MS, HEARTBEAT_KEY } from './worker-health';

const CONCURRENCY = 4;

async function runJob<N extends JobName>(name: N, payload: unknown): Promise<void> {
  await handlers[name](JOB_PAYLOADS[name].parse(payload) as Parameters<(typeof handlers)[N]>[0]);
}

const taskList: TaskList = Object.fromEntries(
  (Object.keys(handlers) as JobName[]).map((name) => [name, (payload: unknown) => runJob(name, payload)]),
);

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
const logger = new Logger(() => (level, message) => {
  log()[LEVELS[level as keyof typeof LEVELS] ?? 'debug']({ component: 'worker' }, message);
});

async function beat(): Promise<void> {
  await getPool().query(
    `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, now())
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
    [HEARTBEAT_KEY, JSON.stringify({ pid: process.pid })],
  );
}

/**
 * Runs jobs and the schedule until `stop`, which lets those that run now finish. `ended` rejects when the worker gives up
 * by itself.
 */
export async function startWorker(): Promise<{ stop(): Promise<void>; ended: Promise<void> }> {
  const runner = await run({
    connectionString: env().DATABASE_URL,
    maxPoolSize: CONCURRENCY + 1,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    taskList,
    parsedCronItems: parseCronItems(SCHEDULE.map(({ job, cron }) => ({ task: job, match: cron, identifier: job }))),
    logger,
  });
  await beat();
  const timer = setInterval(() => {
    beat().catch((cause) => log().warn({ cause }, 'The worker could not write its heartbeat'));
  }, HEARTBEAT_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await runner.stop();
    },
    ended: runner.promise,
  };
}
