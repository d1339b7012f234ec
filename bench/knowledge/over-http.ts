/**
 * How long lists, filters, opening and saving take over HTTP with 100,000 entries, against a running production server:
 *   NODE_OPTIONS=--conditions=react-server npx tsx bench/knowledge/over-http.ts --url http://localhost:3000 --data ./data --email … --password …
 * Fills the PostgreSQL in the data folder first where fewer entries are in it. Prints p50 and p95 from the request to the
 * last byte of the answer, and fails when one is over the budget.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { disconnectDb, getPool } from '@/lib/db/client.server';
import { findEmbedded } from '@/lib/db/embedded.server';
import { reloadEnv } from '@/lib/env.server';
import { entryId } from '@/lib/knowledge/entry-words';
import { percentile } from '../throwaway-database';
import { fillEntries } from './fill-entries';

const BUDGET_MS = 100;

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    data: { type: 'string' },
    email: { type: 'string', default: '' },
    password: { type: 'string', default: '' },
    entries: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '60' },
  },
});
const wanted = Number(flags.entries);
const calls = Number(flags.calls);

const database = flags.data ? await findEmbedded(flags.data) : undefined;
if (!database) throw new Error('--data: expected the data folder of the running server');
reloadEnv({ DATABASE_URL: database });
const count = async () =>
  (await getPool().query<{ n: number; first: number }>('SELECT count(*)::int AS n, min(id) AS first FROM entry'))
    .rows[0];
const before = await count();
if ((before?.n ?? 0) < wanted) await fillEntries(wanted - (before?.n ?? 0));
const { n: entries = 0, first = 1 } = (await count()) ?? {};
await disconnectDb();

const cookie = await signIn();

interface Call {
  path: string;
  patch?: object;
}
const get = (path: string) => (): Call => ({ path });
const some = (turn: number) => entryId(first + ((turn * 7919) % entries));

const CASES: Record<string, (turn: number) => Call> = {
  'list, first page': get('/api/v1/knowledge'),
  'list by title, deep page': get(`/api/v1/knowledge?sort=title&cursor=${cursor(['pool exhausted in part 50000', 1])}`),
  'list, deep page': get(`/api/v1/knowledge?cursor=${cursor(['2025-06-01T00:00:00.000Z', 1])}`),
  'list by next review': get('/api/v1/knowledge?sort=next_review'),
  'filter by status': get('/api/v1/knowledge?status=in_review'),
  'filter by category': get('/api/v1/knowledge?category=Database'),
  'filter by tag': get('/api/v1/knowledge?tag=tag-77'),
  'filter by rare component': get('/api/v1/knowledge?component=service-999'),
  'filter by severity and status': get('/api/v1/knowledge?severity=critical&status=published'),
  'filter stale': get('/api/v1/knowledge?stale=true'),
  'search, rare word': get('/api/v1/knowledge?q=needle4242'),
  'search, common word': get('/api/v1/knowledge?q=connection'),
  'search, two words': get('/api/v1/knowledge?q=pool%20exhausted'),
  facets: get('/api/v1/knowledge/facets'),
  'facets under a filter': get('/api/v1/knowledge/facets?category=Database'),
  'facets under a search': get('/api/v1/knowledge/facets?q=connection'),
  open: (turn) => ({ path: `/api/v1/knowledge/${some(turn)}` }),
  save: (turn) => ({
    path: `/api/v1/knowledge/${some(turn)}`,
    patch: { symptoms: `Changed at ${performance.timeOrigin} for the ${turn}. time` },
  }),
  'prevention debt': get('/api/v1/knowledge/prevention'),
  'page of the list': get('/knowledge'),
  'page of an entry': (turn) => ({ path: `/knowledge/${some(turn)}` }),
  'page of an entry to edit': (turn) => ({ path: `/knowledge/${some(turn)}/edit` }),
};

console.log(`${entries.toLocaleString('en')} entries, ${calls} calls each, one after another\n`);
console.log(`${'call'.padEnd(32)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'bytes'.padStart(10)}`);
for (const [name, make] of Object.entries(CASES)) {
  const times: number[] = [];
  let bytes = 0;
  // The first three are not counted: whoever asks first waits for what the next find warm.
  for (let turn = -3; turn < calls; turn++) {
    const { path, patch } = make(turn + 3);
    const started = performance.now();
    const answer = await fetch(`${flags.url}${path}`, {
      method: patch ? 'PATCH' : 'GET',
      headers: { cookie, ...(patch ? { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' } : {}) },
      body: patch && JSON.stringify(patch),
    });
    bytes = (await answer.arrayBuffer()).byteLength;
    if (turn >= 0) times.push(performance.now() - started);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  }
  const [middle, late] = [percentile(times, 0.5), percentile(times, 0.95)];
  const over = late > BUDGET_MS ? `  over ${BUDGET_MS}` : '';
  if (over) process.exitCode = 1;
  const shown = [middle, late].map((ms) => ms.toFixed(1).padStart(9)).join('');
  console.log(`${name.padEnd(32)}${shown}${String(bytes).padStart(10)}${over}`);
}

function cursor(place: readonly [string, number]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The cookies of a member, as the sign-in page gets them. */
async function signIn(): Promise<string> {
  const jar = new Map<string, string>();
  const take = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/s) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const { csrfToken } = (await take(await fetch(`${flags.url}/api/auth/csrf`)).json()) as { csrfToken: string };
  take(
    await fetch(`${flags.url}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookies() },
      body: new URLSearchParams({ csrfToken, email: flags.email, password: flags.password, json: 'true' }),
    }),
  );
  return cookies();
}
