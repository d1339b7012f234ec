/**
 * How long a back-test takes over a million past events:
 *   NODE_OPTIONS=--conditions=react-server npx tsx bench/back-test/main.ts [events] [issues] [--data folder]
 * The folder keeps what was filled for the next time.
 * Prints, for kinds of signatures, calls until the replay is through, time on the clock and of the processor (Node and
 * PostgreSQL together), and what was found, of which the right number is known.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { systemViewer } from '@/lib/auth/viewer';
import { disconnectDb, getPool } from '@/lib/db/client.server';
import type { Signature } from '@/lib/knowledge/entry-schema';
import { ensureEventPartitions } from '@/lib/retention/event-partitions.server';
import { backTest } from '@/lib/search/back-test.server';
import { throwawayDatabase } from '../throwaway-database';

const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
const EVENTS = Number(positionals[0] ?? 1_000_000);
const ISSUES = Number(positionals[1] ?? 20_000);
const viewer = systemViewer('Bench');

const database = await throwawayDatabase('bench-back-test', flags.data);
await fill();

const CASES: Record<string, Signature[]> = {
  'one message': [{ kind: 'message', value: 'gate <*> is held for vessel <*> in harbour 17' }],
  'a type of a tenth': [{ kind: 'type', value: 'LockGateTimeout' }],
  'a code': [{ kind: 'code', value: 'E7042' }],
  'a pattern': [{ kind: 'regex', value: 'vessel \\w+ in harbour (17|18)\\b.*E\\d+' }],
  'a pattern that would run away': [{ kind: 'regex', value: '(a+)+(a|a)*x*x*x*x*x*x*y$' }],
  'ten of all kinds': [
    ...Array.from(
      { length: 4 },
      (_, i): Signature => ({ kind: 'message', value: `gate <*> is held for vessel <*> in harbour ${i}` }),
    ),
    { kind: 'type', value: 'TideError' },
    { kind: 'type', value: 'BuoyError' },
    { kind: 'code', value: 'E7001' },
    { kind: 'code', value: 'E7002' },
    { kind: 'regex', value: 'harbour 9[0-9]' },
    { kind: 'regex', value: 'vessel (Aurora|Borealis)' },
  ],
  'what only some events of an issue say': [{ kind: 'message', value: 'but this one says something else entirely' }],
};

console.log(`${EVENTS.toLocaleString('en')} events of ${ISSUES.toLocaleString('en')} issues\n`);
console.log(
  `${'signatures'.padEnd(40)}${'calls'.padStart(6)}${'ms'.padStart(8)}${'cpu ms'.padStart(8)}${'issues'.padStart(9)}${'events'.padStart(10)}`,
);
for (const [name, signatures] of Object.entries(CASES)) {
  const [cpu, started] = [database.cpu(), performance.now()];
  let [calls, issues, events] = [0, 0, 0];
  for (let cursor: string | undefined; ; ) {
    const part = await backTest({ viewer, input: { signatures, entry: null, cursor } });
    calls += 1;
    issues += part.hits.issues;
    events += part.hits.events;
    if (part.next_cursor === null) break;
    cursor = part.next_cursor;
  }
  const shown = [performance.now() - started, database.cpu() - cpu].map((ms) => ms.toFixed(0).padStart(8)).join('');
  console.log(
    `${name.padEnd(40)}${String(calls).padStart(6)}${shown}${String(issues).padStart(9)}${String(events).padStart(10)}`,
  );
}
await disconnectDb();
await database.stop();

async function fill(): Promise<void> {
  await ensureEventPartitions();
  const { rowCount } = await getPool().query('SELECT 1 FROM project');
  if (rowCount) return;
  await getPool().query(`INSERT INTO project (slug, name, prefix) VALUES ('bench', 'Bench', 'BENCH')`);
  const text = `'gate ' || n % 50 || ' is held for vessel Aurora in harbour ' || n % 100 || ' E' || (7000 + n % 100)`;
  const type = `(ARRAY['LockGateTimeout','TideError','BuoyError','AnchorError','KeelError','MastError','SailError','RopeError','DeckError','HullError'])[1 + n % 10]`;
  await getPool().query(
    `INSERT INTO issue (project_id, number, title, type, value, level, service, environment, first_seen, last_seen, status_changed_at, event_count)
     SELECT 1, n, type || ': ' || text, type, text, 'error', 'locks', 'production', now() - interval '20 days', now(), now(), $1::int / $2::int
       FROM (SELECT n, ${type} AS type, ${text} AS text FROM generate_series(1, $2::int) n) i`,
    [EVENTS, ISSUES],
  );
  // Spread over the last two days, and the latest tenth of every hundredth issue says something else.
  await getPool().query(
    `INSERT INTO event (project_id, time, id, issue_number, received_at, level, service, environment, title, hash, data)
     SELECT 1, at, gen_random_uuid(), n, at, 'error', 'locks', 'production', type || ': ' || said, md5(n::text),
       json_build_object('exceptions', json_build_array(json_build_object('type', type, 'value', said)), 'tags', json_build_object('a', repeat('x', 600)))
     FROM (SELECT n, ${type} AS type, now() - (e - n) * interval '172000 seconds' / $1::int AS at,
         CASE WHEN n % 100 = 0 AND e - n < $1::int / 10 THEN 'but this one says something else entirely' ELSE ${text} END AS said
       FROM (SELECT e, 1 + e % $2::int AS n FROM generate_series(0, $1::int - 1) e) s) events`,
    [EVENTS, ISSUES],
  );
  await getPool().query('ANALYZE event; ANALYZE issue');
}
