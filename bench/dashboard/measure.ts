import { performance } from 'node:perf_hooks';
import { getPool } from '@/lib/db/client.server';
import { percentile, type ThrowawayDatabase } from '../throwaway-database';

export interface Figures {
  p50: number;
  p95: number;
  /** Of Node and PostgreSQL together, a call. */
  cpu: number;
  /** Pages of 8 KB that the statements of one call look at, in memory and read from disk. */
  hit: number;
  read: number;
  /** Kept plans of the slowest statement, for `--plans`. */
  plan: string;
}

interface Asked {
  text: string;
  values: unknown[];
}

/** Runs one call and returns the statements it sent through the pool. */
async function statementsOf(call: () => Promise<unknown>): Promise<Asked[]> {
  const pool = getPool();
  const asked: Asked[] = [];
  const query = pool.query;
  const recorder = (...args: unknown[]): unknown => {
    if (typeof args[0] === 'string') asked.push({ text: args[0], values: (args[1] as unknown[] | undefined) ?? [] });
    return Reflect.apply(query, pool, args);
  };
  Object.assign(pool, { query: recorder });
  try {
    await call();
  } finally {
    Object.assign(pool, { query });
  }
  return asked;
}

interface ExplainedPlan {
  'QUERY PLAN': [{ Plan: Record<string, number>; 'Execution Time': number }];
}

/** How long a call takes, and what its plans touch. */
export async function measure(
  call: () => Promise<unknown>,
  calls: number,
  database: ThrowawayDatabase,
): Promise<Figures> {
  const asked = await statementsOf(call);
  let [hit, read, slowest, plan] = [0, 0, -1, ''];
  for (const { text, values } of asked) {
    const { rows } = await getPool().query<ExplainedPlan>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values);
    const explained = rows[0]?.['QUERY PLAN'][0];
    // Several statements sent as one are not explained.
    if (!explained) continue;
    hit += explained.Plan['Shared Hit Blocks'] ?? 0;
    read += explained.Plan['Shared Read Blocks'] ?? 0;
    if (explained['Execution Time'] <= slowest) continue;
    slowest = explained['Execution Time'];
    const shown = await getPool().query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
    plan = shown.rows.map((row) => row['QUERY PLAN']).join('\n');
  }
  const times: number[] = [];
  const before = database.cpu();
  for (let i = 0; i < calls; i++) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  const cpu = (database.cpu() - before) / calls;
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpu, hit, read, plan };
}
