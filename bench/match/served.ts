import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { findEmbedded } from '@/lib/db/embedded.server';
import { type RunningApp, runApp } from '../chaos/running-app';
import { treeSeconds } from '../ingest/usage';
import { percentile } from '../throwaway-database';
import { publishEntries } from './fill-entries';
import type { KnowledgeBase } from './knowledge-base';

const RATE = 50;
const WARM_UP_SECONDS = 5;
/** Milliseconds that 95 of 100 answers may take, by the number of entries. */
const GOALS = new Map([
  [10_000, 20],
  [100_000, 60],
]);

/**
 * Starts Errata as an operator does (the production build of this checkout, with data of its own) and asks `/api/v1/match`
 * fifty times a second, whether or not the last ones were answered, for each number of entries. Prints how long answers
 * took on the clock, from the moment each was due, and the processor's time of all of Errata with its PostgreSQL.
 */
export async function measureServed(base: KnowledgeBase, sizes: readonly number[], seconds: number): Promise<void> {
  const app = await runApp();
  const agent = new Agent({ keepAlive: true });
  try {
    const { token } = await app.cli<{ token: string }>(['token', 'create', '--name', 'bench', '--scopes', 'read']);
    const bodies = base.queries.map(({ query }) => Buffer.from(JSON.stringify({ error_message: query, limit: 5 })));
    const ask = (n: number): Promise<number> =>
      new Promise((resolve, reject) => {
        const body = bodies[n % bodies.length] as Buffer;
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': body.length,
        };
        const call = request(`${app.url}/api/v1/match`, { method: 'POST', agent, headers }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', reject);
        });
        call.on('error', reject);
        call.end(body);
      });
    await app.settled();
    for (const size of [...sizes].sort((a, b) => a - b)) {
      const client = new Client({ connectionString: await findEmbedded(app.dataDir) });
      await client.connect();
      await publishEntries(client, base, size);
      await client.end();
      const started = performance.now();
      await ask(0);
      console.log(`${size} entries: the first answer after the change ${(performance.now() - started).toFixed(0)} ms`);
      await steady(ask, WARM_UP_SECONDS);
      const before = processorSeconds(app);
      const { times, failed } = await steady(ask, seconds);
      const cpu = ((processorSeconds(app) - before) * 1000) / times.length;
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1));
      const goal = GOALS.get(size);
      console.log(
        `  /api/v1/match at ${RATE}/s for ${seconds} s: p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms  failed ${failed}, ${cpu.toFixed(1)} ms of the processor an answer${goal ? `  (goal p95 ${goal} ms)` : ''}`,
      );
    }
  } finally {
    agent.destroy();
    await app.remove();
  }
}

/** Of all its processes. */
const processorSeconds = (app: RunningApp): number =>
  treeSeconds(app.pid()) + app.postgres().reduce((sum, pid, at) => (at === 0 ? sum : sum + treeSeconds(pid)), 0);

/** Asks at an even pace; one that waits for another waits on the clock. */
async function steady(
  ask: (n: number) => Promise<number>,
  seconds: number,
): Promise<{ times: number[]; failed: number }> {
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const open: Promise<void>[] = [];
  for (let n = 0; n < seconds * RATE; n += 1) {
    const due = started + (n * 1000) / RATE;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    open.push(
      ask(n).then((status) => {
        times.push(performance.now() - due);
        if (status !== 200) failed += 1;
      }),
    );
  }
  await Promise.all(open);
  return { times, failed };
}
