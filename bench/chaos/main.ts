/**
 * Breaks a really started Errata under load and compares what clients were told with what it then holds. Ends with 1 when
 * an acknowledged event is missing, one is stored twice, or a counter differs from the rows.
 * `npx tsx --tsconfig cli/tsconfig.json bench/chaos/main.ts [--faults app,postgres] [--kills 20] [--clients 12] [--json]`
 */
import { parseArgs } from 'node:util';
import { check, isClean, type Verdict } from './check';
import { startClients } from './clients';
import { FAULTS, type Fault, moment } from './faults';
import { runApp } from './running-app';

interface Options {
  kills: number;
  clients: number;
  pauseMs: number;
}

async function runFault(
  fault: Fault,
  { kills, clients: count, pauseMs }: Options,
): Promise<Verdict & { times: number }> {
  let cleanUp: (() => Promise<void>) | undefined;
  const app = await runApp({
    env: fault.env,
    prepare: async (dataDir) => {
      cleanUp = await fault.prepare?.(dataDir);
    },
  });
  const times = Math.min(kills, fault.times ?? kills);
  try {
    const { key } = await app.cli<{ key: string }>(['project', 'create', '--slug', 'chaos', '--name', 'Chaos']);
    const clients = startClients(app.url, key, count, pauseMs);
    for (let at = 0; at < times; at++) {
      await moment();
      await fault.strike(app);
    }
    await moment();
    await clients.stop();
    await app.settled();
    return { times, ...(await check(app, clients.ledger)) };
  } finally {
    await app.end('SIGTERM');
    await cleanUp?.();
    await app.remove();
  }
}

function show(fault: Fault, { times, ...verdict }: Verdict & { times: number }): void {
  const unequal = Object.entries(verdict.unequal).map(([name, n]) => `${name} ${n}`);
  console.log(
    [
      `${isClean(verdict) ? 'ok  ' : 'LOSS'} ${fault.what}, ${times} times`,
      `     acknowledged ${verdict.acknowledged} (${verdict.spooled} by the spool), refused ${verdict.refused}, unanswered ${verdict.unanswered} requests, slowest answer ${verdict.slowestMs} ms`,
      `     stored ${verdict.stored}, lost ${verdict.lost}, doubled ${verdict.doubled}, foreign ${verdict.foreign}, counters ${unequal.length === 0 ? 'equal rows' : `differ: ${unequal.join(', ')}`}`,
    ].join('\n'),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      faults: { type: 'string', default: Object.keys(FAULTS).join(',') },
      kills: { type: 'string', default: '20' },
      clients: { type: 'string', default: '12' },
      pause: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
    },
  });
  const names = values.faults.split(',');
  const unknown = names.find((name) => !Object.hasOwn(FAULTS, name));
  if (unknown) throw new Error(`There is no fault ${unknown}; there are ${Object.keys(FAULTS).join(', ')}.`);
  const options = { kills: Number(values.kills), clients: Number(values.clients), pauseMs: Number(values.pause) };
  const verdicts: Record<string, Verdict> = {};
  for (const name of names) {
    const fault = FAULTS[name]!;
    const verdict = await runFault(fault, options);
    verdicts[name] = verdict;
    if (!values.json) show(fault, verdict);
  }
  if (values.json) console.log(JSON.stringify(verdicts, null, 2));
  process.exitCode = Object.values(verdicts).every(isClean) ? 0 : 1;
}

await main();
