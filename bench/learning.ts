/**
 * How long a learning pass takes over many new issues among many entries, and how long one that finds nothing new; how long
 * the tick takes that decides whether one is due, while fixes are watched; and what looking up the known fix adds to capture.
 *   npx tsx --tsconfig cli/tsconfig.json bench/learning.ts [--issues 1000] [--entries 10000] [--fixes 500]
 *     [--data FOLDER [--fill]]
 * Milliseconds on the clock, and of the processor with all of PostgreSQL's. Uses data/match beside the checkout or under
 * ERRATA_SHARED. With `--fill` it only fills FOLDER, for another run to measure. Goals: 60 s for the pass, 100 ms for an idle
 * one, 1 ms for the known fix.
 */
import { parseArgs } from 'node:util';
import { systemViewer } from '@/lib/auth/viewer';
import { disconnectDb, getPool } from '@/lib/db/client.server';
import { env } from '@/lib/env.server';
import { completeGroupings } from '@/lib/grouping/complete-groupings.server';
import { createCapturePool } from '@/lib/ingest/capture-pool.server';
import { readErrorReport } from '@/lib/ingest/protocols/errors-api';
import { prepareEvent } from '@/lib/ingest/store-events.server';
import { writeBatch } from '@/lib/ingest/write-batch.server';
import { LOCK_ISSUES } from '@/lib/ingest/write-sql';
import { runLearningPass, startPass, startPassWhenNews } from '@/lib/learning/learning-pass.server';
import { createProject } from '@/lib/projects/create-project.server';
import { ensureEventPartitions } from '@/lib/retention/event-partitions.server';
import { entryIndex } from '@/lib/search/entry-index.server';
import { publishEntries } from './match/fill-entries';
import { readKnowledgeBase } from './match/knowledge-base';
import { percentile, throwawayDatabase } from './throwaway-database';

const { values: flags } = parseArgs({
  options: {
    issues: { type: 'string', default: '1000' },
    entries: { type: 'string', default: '10000' },
    fixes: { type: 'string', default: '500' },
    data: { type: 'string' },
    fill: { type: 'boolean', default: false },
  },
});
const ISSUES = Number(flags.issues);
const ENTRIES = Number(flags.entries);
const FIXES = Number(flags.fixes);
/** Events that each new issue has. */
const EVENTS = 10;
const ROUNDS = 9;
const viewer = systemViewer('Bench');
const base = readKnowledgeBase([]);
const database = await throwawayDatabase('bench-learning', flags.data);
const query = (sql: string) => getPool().query(sql);

/** A name that stands for no number: the variable parts of a message must not make one issue of all. */
const name = (n: number): string => {
  const letters = 'bcdfghjklmnpqrstvwxz';
  const vowels = 'aeiou';
  return [n, n / 100, n / 10_000]
    .map((part) => `${letters[Math.floor(part) % 20]}${vowels[Math.floor(part / 20) % 5]}`)
    .join('');
};

/** Of ten, four are known errors as somebody reported them, three known ones in a setting of their own, three unknown. */
function reportOf(n: number): object {
  const own = name(n);
  const entry = base.entries[(n * 31) % base.entries.length];
  const [symptom = ''] = (entry?.symptoms ?? '').split('\n');
  const message =
    n % 10 < 4
      ? `${base.queries[n % base.queries.length]?.query} (${own})`
      : n % 10 < 7
        ? `${entry?.title}: ${symptom} while loading ${own}`
        : `${own} valve of the ${name(n * 7)} pump would not ${name(n * 13)}`;
  return {
    service: `service-${n % 12}`,
    error_type: `${own.replace(/^./, (first) => first.toUpperCase())}Error`,
    error_message: message,
    severity: 'high',
    stack_trace: `Traceback (most recent call last):\n  File "/srv/${own}/main.py", line 7, in run_${own}\n    load()\n  File "/srv/${own}/load.py", line 9, in load_${own}\n    read()\nError: ${own}`,
  };
}

async function openIssues(projectId: number, count: number): Promise<void> {
  const pool = createCapturePool(env().DATABASE_URL ?? '');
  for (let round = 0; round < EVENTS; round += 1)
    for (let from = 0; from < count; from += 200) {
      const now = new Date();
      const pending = Array.from({ length: Math.min(200, count - from) }, (_, at) => {
        const read = readErrorReport(reportOf(from + at));
        if ('error' in read) throw new Error(read.error.message);
        return prepareEvent(projectId, read, now);
      });
      const groupings = await completeGroupings(pool, pending);
      const batch = pending.map((event, at) => ({ ...event, grouping: groupings[at] ?? event.grouping }));
      await writeBatch(pool, batch, new Map(), now);
    }
  await pool.end();
}

/** Fixes of the last days whose time has not come, on issues that are left alone by the rest. */
const watchFixes = (projectId: number, count: number) =>
  query(`
    WITH known AS (
      INSERT INTO issue (project_id, number, status, title, type, level, service, environment, first_seen, last_seen, event_count,
        status_changed_at, resolved_at, resolved_mode, known_entry_id, known_confidence)
      SELECT ${projectId}, 100000 + n, 'resolved', 'known ' || n, 'KnownError', 'error', 'service-' || n % 12, 'production',
        now() - interval '40 days', now() - interval '10 days', 70, now() - interval '9 days', now() - interval '9 days', 'now', 1 + n, 0.9
      FROM generate_series(1, ${count}) n RETURNING number, first_seen, resolved_at, known_entry_id),
    hours AS (
      INSERT INTO issue_hour (project_id, issue_number, hour, count)
      SELECT ${projectId}, number, date_trunc('hour', resolved_at - h * interval '80 hours', 'UTC'), 30 FROM known, generate_series(0, 1) h)
    INSERT INTO fix (project_id, issue_number, entry_id, applied_at, applied_name, verdict, baseline_rate, issue_first_seen, resolved_at)
    SELECT ${projectId}, number, known_entry_id, resolved_at, 'Bench', 'watching', 0.36, first_seen, resolved_at FROM known`);

interface Took {
  clock: number;
  cpu: number;
}

async function took(run: () => Promise<unknown>): Promise<Took> {
  const cpu = database.cpu();
  const started = performance.now();
  await run();
  return { clock: performance.now() - started, cpu: database.cpu() - cpu };
}

const pass = async (): Promise<void> => {
  const { pass_id: passId } = await startPass({ viewer, trigger: 'manual' });
  await runLearningPass({ passId });
};

/** As if the last pass had begun a while after everything that is there. */
const makeOld = () => query(`UPDATE learning_pass SET started_at = clock_timestamp() + interval '65 seconds'`);

async function median(run: () => Promise<unknown>): Promise<string> {
  const all: Took[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await makeOld();
    all.push(await took(run));
  }
  const times = all.map(({ clock }) => clock);
  const cpu = all.reduce((sum, one) => sum + one.cpu, 0) / ROUNDS;
  return `median ${percentile(times, 0.5).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms, ${cpu.toFixed(0)} ms of the processor`;
}

async function fill(): Promise<void> {
  await ensureEventPartitions(new Date());
  await publishEntries(getPool(), base, ENTRIES);
  const { id: projectId } = await createProject({ viewer, name: 'Bench', slug: 'bench', origin: 'http://localhost' });
  await watchFixes(projectId, FIXES);
  await query('ANALYZE');
  await makeOld();
  await pass();
  const before = new Date();
  await openIssues(projectId, ISSUES);
  await query(`
    UPDATE learning_pass SET started_at = '${before.toISOString()}';
    INSERT INTO comment (project_id, issue_number, author_name, body, created_at)
    SELECT project_id, number, 'Ada', 'The pressure was gone. Opened it by hand with \`valvectl open --line ' || number || '\`.', now()
    FROM issue WHERE number % 10 = 8 AND number < 100000`);
  await query('VACUUM ANALYZE');
}

if ((await getPool().query('SELECT FROM project')).rowCount === 0) await fill();
if (flags.fill) {
  await disconnectDb();
  await database.stop();
  process.exit();
}
const read = await took(entryIndex);
console.log(`${ENTRIES} entries, read into the index in ${read.clock.toFixed(0)} ms; ${FIXES} fixes watched`);
const { clock, cpu } = await took(pass);
const { rows } = await getPool().query<{ progress: Record<string, number>; issues: number; status: string }>(
  `SELECT status, progress, (SELECT count(*)::int FROM issue WHERE number < 100000) AS issues FROM learning_pass ORDER BY id DESC LIMIT 1`,
);
const found = Object.entries(rows[0]?.progress ?? {}).filter(([, count]) => typeof count === 'number' && count > 1);
console.log(
  `pass over ${rows[0]?.issues} new issues (${rows[0]?.status}): ${(clock / 1000).toFixed(1)} s, ${(cpu / 1000).toFixed(1)} s of the processor; ${found.map(([what, count]) => `${what} ${count}`).join(', ')}`,
);
console.log(`pass with nothing new: ${await median(pass)}`);
console.log(`tick with nothing new: ${await median(startPassWhenNews)}`);

/** The statement by which a batch finds its issues, with the entries joined and without. */
await query(`UPDATE issue SET known_entry_id = 1 + number % ${ENTRIES} WHERE number < 100000`);
await query('ANALYZE issue');
const { rows: groups } = await getPool().query<{ project_id: number; hash: string }>(
  `SELECT project_id, hash FROM "grouping" LIMIT 500`,
);
const without = LOCK_ISSUES.replace(/\n\s*LEFT JOIN entry.*/, '').replace('e.title', 'NULL');
if (without === LOCK_ISSUES) throw new Error('The statement has no join of entries any more.');
for (const size of [1, 500]) {
  const values = [
    groups.slice(0, size).map((group) => group.project_id),
    groups.slice(0, size).map(({ hash }) => hash),
  ];
  const times = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < 200; round += 1)
    for (const [kind, sql] of [
      ['with', LOCK_ISSUES],
      ['without', without],
    ] as const) {
      const started = performance.now();
      await getPool().query({ name: kind + size, text: sql, values });
      if (round > 20) times[kind].push(performance.now() - started);
    }
  const [joined, plain] = [percentile(times.with, 0.5), percentile(times.without, 0.5)];
  console.log(
    `known fix of a batch of ${size}: adds ${(joined - plain).toFixed(2)} ms at the median (${joined.toFixed(2)} with it, ${plain.toFixed(2)} without)`,
  );
}
await disconnectDb();
await database.stop();
