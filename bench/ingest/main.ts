/**
 * How fast capture is, against what PostgreSQL takes, all in one run: a raw COPY of the same rows into the same table,
 * `/errors/batch` with 500 reports, `/errors` at 32 connections, Sentry envelopes; for each number of issues, and
 * again with events stored before. Processor times count everything each side does, so they hold on a busy machine too.
 * `npx tsx --tsconfig cli/tsconfig.json bench/ingest/main.ts [--seconds 8] [--issues 10,1000,100000] [--stored 300000]
 * [--only batch,single,envelope] [--profile]`, or with `--soak 300` a really started Errata under full load meanwhile.
 */
import { parseArgs } from 'node:util';
import { ENVELOPE_SIZES } from '../ingest-stages/envelopes';
import { serve } from './app';
import { BATCH, batches, envelopes, freshBatches, singles } from './bodies';
import { type Load, load } from './client';
import { soak } from './soak';
import { copyRate, fillEvents, startTarget, type Target } from './target';

interface Case {
  name: string;
  perRequest: number;
  connections: number;
  bodies: (issues: number) => () => Buffer;
}

const CASES: readonly Case[] = [
  { name: `batch of ${BATCH}`, perRequest: BATCH, connections: 4, bodies: batches },
  { name: 'single', perRequest: 1, connections: 32, bodies: singles },
  ...Object.keys(ENVELOPE_SIZES).map((size) => ({
    name: `envelope ${size}`,
    perRequest: 1,
    connections: 32,
    bodies: (issues: number) => envelopes(issues, size),
  })),
];

const micro = (seconds: number): string => (seconds * 1e6).toFixed(0).padStart(6);

function show(name: string, { rate, p50, p99, refused }: Load, app: number, database: number, memory: number): void {
  const bad = Object.entries(refused).map(([status, count]) => `${count} answered ${status}`);
  console.log(
    `  ${name.padEnd(18)} ${rate.toFixed(0).padStart(7)} events/s  p50 ${p50.toFixed(1).padStart(7)} ms  p99 ${p99.toFixed(1).padStart(7)} ms` +
      `  app ${micro(app)} µs  PostgreSQL ${micro(database)} µs  memory ${memory.toFixed(0)} MB${bad.length > 0 ? `  ${bad.join(', ')}` : ''}`,
  );
}

function showStages(stages: Record<string, number>, events: number): void {
  const used = Object.entries(stages).filter(([stage]) => stage !== 'idle');
  const parts = used
    .sort(([, a], [, b]) => b - a)
    .map(([stage, ms]) => `${stage} ${((ms * 1000) / events).toFixed(1)}`);
  console.log(`    µs of the main thread: ${parts.join(', ')}`);
}

async function countIssues({ client }: Target): Promise<number> {
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM issue');
  return rows[0]?.n ?? 0;
}

/** Opens all issues, so that the cases meet them as known. @throws when no more are opened before all are. */
async function openIssues(target: Target, issues: number): Promise<void> {
  const next = freshBatches(issues);
  for (let opened = 0; opened < issues; ) {
    await load(target.port, next, { perRequest: BATCH, connections: 4, seconds: 3 });
    const now = await countIssues(target);
    if (now === opened) throw new Error(`Only ${opened} of ${issues} issues were opened.`);
    opened = now;
  }
}

async function runCase(target: Target, one: Case, issues: number, seconds: number): Promise<Load> {
  const next = one.bodies(issues);
  await load(target.port, next, { ...one, seconds: Math.min(2, seconds / 2) });
  const before = await target.usage();
  const result = await load(target.port, next, { ...one, seconds });
  const after = await target.usage();
  const events = Math.max(1, result.events);
  show(one.name, result, (after.cpu - before.cpu) / events, (after.database - before.database) / events, after.peak);
  if (Object.keys(after.stages).length > 0) showStages(after.stages, events);
  return result;
}

/** All cases for one number of issues and of events stored before, then the ceiling. */
async function runAll(
  options: { seconds: number; only: string[]; profile: boolean },
  issues: number,
  stored: number,
): Promise<void> {
  const target = await startTarget(options.profile);
  try {
    await openIssues(target, issues);
    const there = stored > 0 ? await fillEvents(target.client, stored) : 0;
    console.log(`${await countIssues(target)} issues, ${there} events stored before`);
    const rates = new Map<string, number>();
    const cases = CASES.filter(({ name }) => options.only.some((word) => name.includes(word)));
    // The ceiling is that of reports, so the rows of envelopes come after it.
    const [reports, others] = [cases.filter(({ name }) => !name.startsWith('envelope')), cases];
    for (const one of reports) rates.set(one.name, (await runCase(target, one, issues, options.seconds)).rate);
    const copied = await copyRate(target);
    console.log(
      `  ${'COPY'.padEnd(18)} ${copied.rate.toFixed(0).padStart(7)} events/s  ${copied.rows} rows with ${copied.bytes} bytes of JSON  PostgreSQL ${micro(copied.cpu)} µs`,
    );
    for (const one of others.filter((one) => !reports.includes(one))) {
      rates.set(one.name, (await runCase(target, one, issues, options.seconds)).rate);
    }
    const ratios = [...rates].map(([name, rate]) => `${name} ${(rate / copied.rate).toFixed(2)}`);
    console.log(`  of COPY: ${ratios.join(', ')}`);
  } finally {
    await target.remove();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '8' },
      issues: { type: 'string', default: '10,1000,100000' },
      stored: { type: 'string', default: '300000' },
      only: { type: 'string', default: 'batch,single,envelope' },
      profile: { type: 'boolean', default: false },
      soak: { type: 'string' },
    },
  });
  if (values.soak) {
    await soak(Number(values.soak));
    return;
  }
  const options = { seconds: Number(values.seconds), only: values.only.split(','), profile: values.profile };
  const counts = values.issues.split(',').map(Number);
  for (const issues of counts) await runAll(options, issues, 0);
  if (Number(values.stored) > 0) await runAll(options, counts[Math.min(1, counts.length - 1)]!, Number(values.stored));
}

if (process.env.BENCH_DATABASE) await serve(process.env.BENCH_DATABASE, process.env.BENCH_PROFILE === '1');
else await main();
