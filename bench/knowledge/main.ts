/**
 * How long lists, filters, opening and saving take with 100,000 entries:
 *   NODE_OPTIONS=--conditions=react-server npx tsx bench/knowledge/main.ts [entries]
 * Prints p50 and p95 of the time on the clock, and the processor's time a call, Node and PostgreSQL together.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { systemViewer } from '@/lib/auth/viewer';
import { disconnectDb, getPool } from '@/lib/db/client.server';
import { entryFacets } from '@/lib/knowledge/entry-facets.server';
import { entryListQuerySchema, entryPatchSchema } from '@/lib/knowledge/entry-input-schema';
import { entryId } from '@/lib/knowledge/entry-words';
import { getEntry } from '@/lib/knowledge/get-entry.server';
import { listEntries } from '@/lib/knowledge/list-entries.server';
import { listPrevention } from '@/lib/knowledge/list-prevention.server';
import { updateEntry } from '@/lib/knowledge/save-entry.server';
import { percentile, throwawayDatabase } from '../throwaway-database';
import { fillEntries } from './fill-entries';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { calls: { type: 'string' } },
});
const ENTRIES = Number(positionals[0] ?? 100_000);
const CALLS = Number(flags.calls ?? 60);
const viewer = systemViewer('Bench');
const now = new Date('2026-06-01T00:00:00Z');

const database = await throwawayDatabase('bench-knowledge');
await fillEntries(ENTRIES);

const list = (query: object) => () => listEntries({ viewer, query: entryListQuerySchema.parse(query), now });
const facets = (filter: object) => () => entryFacets({ viewer, filter: entryListQuerySchema.parse(filter), now });
/** A page somewhere in the middle, where an offset would be slow. */
async function deepCursor(sort: string): Promise<string> {
  const { rows } = await getPool().query<{ key: string; id: number }>(
    sort === 'title'
      ? `SELECT title AS key, id FROM entry ORDER BY title COLLATE "C", id OFFSET ${ENTRIES / 2} LIMIT 1`
      : `SELECT to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS key, id
           FROM entry ORDER BY updated_at DESC, id DESC OFFSET ${ENTRIES / 2} LIMIT 1`,
  );
  return Buffer.from(JSON.stringify([rows[0]?.key, rows[0]?.id])).toString('base64url');
}
let turn = 0;
const some = () => entryId(1 + ((++turn * 7919) % ENTRIES));

const CASES: Record<string, () => Promise<unknown>> = {
  'list, first page': list({}),
  'list, deep page': list({ cursor: await deepCursor('updated') }),
  'list by title, deep page': list({ sort: 'title', cursor: await deepCursor('title') }),
  'list by next review': list({ sort: 'next_review' }),
  'filter by status': list({ status: 'in_review' }),
  'filter by category': list({ category: 'Database' }),
  'filter by tag': list({ tag: 'tag-77' }),
  'filter by rare component': list({ component: 'service-999' }),
  'filter by severity and status': list({ severity: 'critical', status: 'published' }),
  'filter stale': list({ stale: 'true' }),
  'search, rare word': list({ q: 'needle4242' }),
  'search, common word': list({ q: 'connection' }),
  'search, two words': list({ q: 'pool exhausted' }),
  facets: facets({}),
  'facets under a filter': facets({ category: 'Database' }),
  'facets under a search': facets({ q: 'connection' }),
  open: () => getEntry({ viewer, id: some(), now }),
  save: () => updateEntry({ viewer, id: some(), patch: entryPatchSchema.parse({ symptoms: `changed ${turn}` }), now }),
  'prevention debt': () => listPrevention({ viewer, query: { status: 'open', limit: 50 }, now }),
};

console.log(`${ENTRIES.toLocaleString('en')} entries, ${CALLS} calls each\n`);
console.log(`${'call'.padEnd(32)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'cpu ms'.padStart(9)}`);
for (const [name, call] of Object.entries(CASES)) {
  for (let i = 0; i < 3; i++) await call();
  const times: number[] = [];
  const before = database.cpu();
  for (let i = 0; i < CALLS; i++) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  const cpu = (database.cpu() - before) / CALLS;
  const shown = [percentile(times, 0.5), percentile(times, 0.95), cpu].map((ms) => ms.toFixed(1).padStart(9)).join('');
  console.log(`${name.padEnd(32)}${shown}`);
}
await disconnectDb();
await database.stop();
