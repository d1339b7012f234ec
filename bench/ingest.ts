/**
 * How fast capture is, against what PostgreSQL takes: events a second for batches of 500 and for single reports at 32
 * connections, and for a raw COPY of the same rows into the same table, all in one run.
 * `npx tsx --tsconfig cli/tsconfig.json bench/ingest.ts [--seconds 8] [--issues 1000]`
 */
import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startEmbedded } from '@/lib/db/embedded.server';
import { migrate } from '@/lib/db/migrate.server';
import { createCapture } from '@/lib/ingest/receive-events.server';

const KEY = 'a'.repeat(32);
const BATCH = 500;
const CONNECTIONS = 32;

/** The process under test: the capture routes and nothing else. */
function serve(databaseUrl: string): void {
  const capture = createCapture({ databaseUrl, publicUrl: 'http://bench', openCapture: false });
  const server = createServer((message, response) => {
    void capture.handle(message, response, new URL(message.url ?? '/', 'http://bench'));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', () => {
    const { rss } = process.memoryUsage();
    process.send?.({ cpu: process.cpuUsage(), rss });
  });
}

/** A report of about a kilobyte, as a Python service sends it. */
function report(n: number, issues: number): Record<string, unknown> {
  const issue = n % issues;
  const frames = Array.from(
    { length: 8 },
    (_, at) =>
      `  File "/srv/shop/module_${issue % 50}/part_${at}.py", line ${at * 7 + 3}, in step_${issue}_${at}\n    result = handler(request, timeout=${at})`,
  );
  return {
    service: `service-${issue % 8}`,
    context: 'POST /orders/{id}/pay',
    error_type: 'ValueError',
    error_message: `order ${n} of customer ${n * 31} could not be paid after ${n % 900} ms`,
    severity: 'high',
    environment: 'production',
    release: `1.${n % 5}.0`,
    stack_trace: `Traceback (most recent call last):\n${frames.join('\n')}\nValueError: order could not be paid`,
    additional_data: { order: n, amount: '12.50', currency: 'EUR', retry: n % 3, host: `node-${n % 12}` },
    tags: { region: 'eu-central-1', tier: 'gold' },
    user: { id: `user-${n % 5000}` },
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function post(port: number, path: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: 'POST',
        agent,
        headers: { 'x-errata-key': KEY, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.on('data', () => {});
        response.on('end', () =>
          response.statusCode === 200 || response.statusCode === 201
            ? resolve()
            : reject(new Error(`status ${response.statusCode}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

interface Load {
  rate: number;
  p50: number;
  p99: number;
}

async function load(
  port: number,
  path: string,
  bodies: string[],
  perRequest: number,
  connections: number,
  seconds: number,
): Promise<Load> {
  const times: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const at = performance.now();
        await post(port, path, bodies[next++ % bodies.length]!);
        times.push(performance.now() - at);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rate: (times.length * perRequest) / elapsed, p50: at(0.5), p99: at(0.99) };
}

const show = (name: string, { rate, p50, p99 }: Load): void =>
  console.log(
    `${name.padEnd(34)} ${Math.round(rate).toString().padStart(7)} events/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`,
  );

/** Takes the stored events out to a file and back in, as COPY does it. */
async function copyRate(client: Client, folder: string): Promise<{ rate: number; rows: number; bytes: number }> {
  const file = join(folder, 'events.copy');
  await client.query('DROP TABLE IF EXISTS bench_rows');
  await client.query('CREATE UNLOGGED TABLE bench_rows AS SELECT * FROM event LIMIT 100000');
  await client.query(`COPY bench_rows TO '${file}'`);
  const { rows } = await client.query(
    'SELECT count(*)::int AS n, avg(octet_length(data::text) + coalesce(octet_length(raw::text), 0))::int AS bytes FROM bench_rows',
  );
  await client.query('TRUNCATE event');
  await client.query('CHECKPOINT');
  const started = performance.now();
  await client.query(`COPY event FROM '${file}'`);
  return { rate: rows[0].n / ((performance.now() - started) / 1000), rows: rows[0].n, bytes: rows[0].bytes };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '8' }, issues: { type: 'string', default: '1000' } },
  });
  const seconds = Number(values.seconds);
  const issues = Number(values.issues);
  const folder = await mkdtemp(join(tmpdir(), 'errata-bench-'));
  await chmod(folder, 0o777);
  const database = await startEmbedded({ dataDir: folder });
  await migrate(database.url);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`INSERT INTO project (slug, name, prefix) VALUES ('bench', 'Bench', 'B')`);
  await client.query(`INSERT INTO project_key (project_id, public_key) VALUES (1, $1)`, [KEY]);

  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, BENCH_DATABASE: database.url } });
  const port = await new Promise<number>((ready) => child.once('message', (message) => ready(Number(message))));
  const usage = (): Promise<{ cpu: NodeJS.CpuUsage; rss: number }> =>
    new Promise((done) => {
      child.once('message', (message) => done(message as { cpu: NodeJS.CpuUsage; rss: number }));
      child.send('usage');
    });

  const singles = Array.from({ length: 4000 }, (_, n) => JSON.stringify(report(n, issues)));
  const batches = Array.from({ length: 40 }, (_, b) =>
    JSON.stringify({ errors: Array.from({ length: BATCH }, (_, n) => report(b * BATCH + n, issues)) }),
  );
  console.log(`a report is ${singles[0]?.length} bytes; ${issues} issues; ${seconds} s each`);
  await load(port, '/errors/batch', batches, BATCH, 2, Math.max(2, seconds / 2));
  const before = await usage();
  const batched = await load(port, '/errors/batch', batches, BATCH, 4, seconds);
  const after = await usage();
  show(`/errors/batch of ${BATCH}, 4 connections`, batched);
  const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6;
  console.log(
    `  app: ${((cpu / (batched.rate * seconds)) * 1e6).toFixed(0)} µs of processor an event, ${Math.round(after.rss / 1e6)} MB`,
  );
  show(`/errors, ${CONNECTIONS} connections`, await load(port, '/errors', singles, 1, CONNECTIONS, seconds));
  child.kill();
  const copied = await copyRate(client, folder);
  console.log(
    `${`COPY of ${copied.rows} of these rows`.padEnd(34)} ${Math.round(copied.rate).toString().padStart(7)} rows/s     ${copied.bytes} bytes of JSON each`,
  );
  console.log(`batch / COPY = ${(batched.rate / copied.rate).toFixed(2)}`);
  await client.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}

if (process.env.BENCH_DATABASE) serve(process.env.BENCH_DATABASE);
else await main();
