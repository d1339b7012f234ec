/**
 * How long the pages of the dashboard wait for the server, with years of history:
 *   NODE_OPTIONS=--conditions=react-server npx tsx bench/dashboard/main.ts [--events N] [--counted N] [--issues N]
 *     [--entries N] [--calls N] [--only WORD] [--plans] [--data FOLDER]
 * Fills a database first, or takes the one that an earlier run has filled and left in FOLDER.
 * Prints p50 and p95 of the time on the clock, the processor's time a call (Node and PostgreSQL together) and the pages
 * that its plans touch.
 */
import { parseArgs } from 'node:util';
import { disconnectDb, getDb } from '@/lib/db/client.server';
import { fillEntries } from '../knowledge/fill-entries';
import { throwawayDatabase } from '../throwaway-database';
import { casesOf } from './cases';
import { fillHistory } from './fill-history';
import { measure } from './measure';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    counted: { type: 'string', default: '10000000' },
    issues: { type: 'string', default: '100000' },
    entries: { type: 'string', default: '10000' },
    calls: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    plans: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    data: { type: 'string' },
  },
});
const now = new Date('2026-06-01T10:30:00Z');

const database = await throwawayDatabase('bench-dashboard', flags.data);
const number = (text: string): string => Number(text).toLocaleString('en');
const ada =
  (await getDb().user.findFirst()) ??
  (await getDb().user.create({ data: { email: 'ada@example.test', name: 'Ada', role: 'engineer' } }));
if ((await getDb().release.count()) === 0) {
  const filledAt = performance.now();
  await fillEntries(Number(flags.entries));
  await fillHistory({
    events: Number(flags.events),
    counted: Number(flags.counted),
    issues: Number(flags.issues),
    now,
  });
  console.log(
    `${number(flags.events)} events stored, ${number(flags.counted)} counted over two years, ${number(flags.issues)} issues, ` +
      `${number(flags.entries)} entries; filled in ${((performance.now() - filledAt) / 1000).toFixed(0)} s\n`,
  );
}

const HEADINGS = ['p50 ms', 'p95 ms', 'cpu ms', 'hit', 'read', 'goal'];
console.log(`${'call'.padEnd(40)}${HEADINGS.map((text) => text.padStart(9)).join('')}`);
async function round(): Promise<void> {
  for (const { name, goal, call } of casesOf(ada, now)) {
    if (!name.includes(flags.only)) continue;
    await call();
    const { p50, p95, cpu, hit, read, plan } = await measure(call, Number(flags.calls), database);
    const figures = [p50.toFixed(1), p95.toFixed(1), cpu.toFixed(1), String(hit), String(read), String(goal)];
    console.log(`${name.padEnd(40)}${figures.map((text) => text.padStart(9)).join('')}${p95 > goal ? '  over' : ''}`);
    if (flags.plans) console.log(`${plan}\n`);
  }
}
await round();
if (flags.keep) {
  console.log(`\nThe database stays at ${process.env.DATABASE_URL} until this is interrupted.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
}
await disconnectDb();
await database.stop();
