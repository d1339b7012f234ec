/**
 * Clients in other languages against the started app, down to the event that the API gives back: a table of client ×
 * scenario, and exit code 1 when anything is not as it should be. Installs the clients from their registries into a
 * temporary folder, which ERRATA_INTEROP_DIR replaces by one that is kept, so that the next run builds less.
 * `npm run interop [-- NAME…]`: only clients whose name contains one of these, in any case.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EventDetail } from '@/lib/issues/issue-schema';
import { freePort, type Launched, launch, makeDataDir } from '../fixtures/app';
import { CLIENTS, type Client, type Expected, SCENARIOS, type Scenario, TOOLCHAINS } from './clients';
import { differences, factsOf } from './facts';
import { hasFailed, type Outcome, type Row, renderReport } from './report';
import { readStored, type Stored } from './stored';
import { end, type Toolchain } from './toolchain';

const CLI = fileURLToPath(new URL('../../cli/errata.mjs', import.meta.url));
const CLIENT_MS = 120_000;
const ENVIRONMENT = 'staging';
/** Stands as password and token in what some clients send; nothing of it may be stored. */
const SECRET = 'hunter2';

interface Project {
  id: number;
  slug: string;
  key: string;
  dsn: string;
}

/** Everything a scenario is run with. */
interface Bench {
  url: string;
  project: Project;
  command: string[];
  stored: Stored;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** What SDKs read from the environment of a program: where to, and what is running there. */
function clientEnvironment({ url, project }: Bench, release: string): Record<string, string> {
  return {
    SENTRY_DSN: `http://${project.key}@${new URL(url).host}/${project.id}`,
    SENTRY_RELEASE: release,
    SENTRY_ENVIRONMENT: ENVIRONMENT,
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${project.key}`,
    OTEL_RESOURCE_ATTRIBUTES: `service.name=shop,service.version=${release},deployment.environment.name=${ENVIRONMENT}`,
    RUST_BACKTRACE: '1',
  };
}

function checkEvent(event: EventDetail, release: string, expected: Expected): string[] {
  const origin = { environment: event.environment, release: event.release };
  const leaked = JSON.stringify(event).includes(SECRET) ? [`the event holds ${SECRET}`] : [];
  return [
    ...differences(origin, { environment: ENVIRONMENT, release }),
    ...differences(factsOf(event), expected.event),
    ...leaked,
  ];
}

/** Runs a program once. @returns what is wrong, and the event where there is just one. */
async function check(
  bench: Bench,
  scenario: Scenario,
  expected: Expected,
): Promise<{ reasons: string[]; event?: EventDetail }> {
  const { project, stored } = bench;
  const release = `shop@1.0.0-${scenario}`;
  const env = clientEnvironment(bench, release);
  const { code, output } = await end([...bench.command, scenario], { env, timeoutMs: CLIENT_MS });
  if ((code !== 0) !== (expected.fails ?? false)) {
    return { reasons: [`the program ended with ${code}: ${output.split('\n').at(-1)}`] };
  }
  const events = await stored.events(project.slug, release);
  const [event] = events;
  if (!event || events.length > 1) return { reasons: [`${events.length} events are stored, expected 1`] };
  const reasons = checkEvent(event, release, expected);
  if (expected.sessions) {
    const sessions = await stored.sessions(project.id, release);
    reasons.push(...differences(sessions, expected.sessions, 'sessions'));
  }
  if (expected.discarded) {
    const dropped = await stored.discarded(project.id, ...expected.discarded);
    reasons.push(...differences(dropped, 1, `count of ${expected.discarded.join(' ')} items dropped by the SDK`));
  }
  return { reasons, event };
}

const allAs = (outcome: Outcome, { scenarios }: Client): Row['outcomes'] =>
  Object.fromEntries(SCENARIOS.map((name) => [name, scenarios[name] ? outcome : { state: 'none' }])) as Row['outcomes'];

async function runClient(client: Client, bench: Bench, toolchain: Toolchain): Promise<Row> {
  const outcomes = allAs({ state: 'ok' }, client);
  let sdk = '';
  for (const scenario of SCENARIOS) {
    const expected = client.scenarios[scenario];
    if (!expected) continue;
    const { reasons, event } = await check(bench, scenario, expected);
    if (reasons.length > 0) outcomes[scenario] = { state: 'failed', reasons };
    if (event?.sdk) sdk = `${event.sdk.name} ${event.sdk.version}`;
  }
  return { client: client.name, versions: [sdk, toolchain.version].filter(Boolean).join(', '), outcomes };
}

async function errata<T>(dataDir: string, args: string[]): Promise<T> {
  const { DATABASE_URL: _, ...environment } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args, '--json'], {
    env: { ...environment, ERRATA_DATA_DIR: dataDir } as NodeJS.ProcessEnv,
  });
  return JSON.parse(stdout) as T;
}

async function runAll(clients: readonly Client[], app: Launched, dataDir: string, folder: string): Promise<Row[]> {
  say('Starting Errata …');
  await app.ready();
  const { token } = await errata<{ token: string }>(dataDir, ['token', 'create', '--name', 'interop']);
  const stored = readStored({ url: app.url, dataDir, token });
  const toolchains = new Map<string, Toolchain | null>();
  const rows: Row[] = [];
  for (const client of clients) {
    const { name, language } = client;
    if (!toolchains.has(language)) {
      const found = await TOOLCHAINS[language]();
      toolchains.set(language, found);
      if (!found) say(`${language}: its tools were not found, so its clients are not run.`);
    }
    const toolchain = toolchains.get(language);
    if (!toolchain) {
      rows.push({ client: name, versions: '', outcomes: allAs({ state: 'missing' }, client) });
      continue;
    }
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    try {
      say(`${name}: installing …`);
      const command = await client.prepare(toolchain, join(folder, slug));
      const project = await errata<Project>(dataDir, ['project', 'create', '--name', name, '--slug', slug]);
      say(`${name}: running …`);
      rows.push(await runClient(client, { url: app.url, project, command, stored }, toolchain));
    } catch (error) {
      say(`${name}: ${error instanceof Error ? error.message : error}`);
      const outcome: Outcome = { state: 'failed', reasons: ['it could not be installed or run, see above'] };
      rows.push({ client: name, versions: toolchain.version, outcomes: allAs(outcome, client) });
    }
  }
  return rows;
}

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
const clients = CLIENTS.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part)),
);
if (clients.length === 0)
  throw new Error(`There is no such client. There are: ${CLIENTS.map(({ name }) => name).join('; ')}`);

const kept = process.env.ERRATA_INTEROP_DIR;
const folder = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'errata-interop-'));
await mkdir(folder, { recursive: true });
const dataDir = await makeDataDir();
const app = launch({ port: await freePort(), dataDir });
try {
  const rows = await runAll(clients, app, dataDir, folder);
  process.stdout.write(`${renderReport(rows)}\n`);
  process.exitCode = hasFailed(rows) ? 1 : 0;
} finally {
  app.child.kill('SIGTERM');
  await app.ended;
  await rm(dataDir, { recursive: true, force: true });
  if (!kept) await rm(folder, { recursive: true, force: true });
}
