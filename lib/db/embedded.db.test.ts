import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from './embedded.server';

let dataDir: string;
const running: EmbeddedDatabase[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'errata-embedded-'));
  await chmod(dataDir, 0o755);
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedDatabase> {
  const server = await startEmbedded({ dataDir, durable: false });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it('keeps what was written over a stop and a start', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('tells the command line where the running server is, and nothing once it has stopped', async () => {
  const server = await start();
  expect(await findEmbedded(dataDir)).toBe(server.url);
  await server.stop();
  expect(await findEmbedded(dataDir)).toBeUndefined();
});

it('takes the folder back from a server whose parent was killed', async () => {
  const orphan = await start();
  await query(orphan.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const server = await start();
  await orphan.ended;
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

it('starts although a pid file names a process that is not PostgreSQL', async () => {
  const first = await start();
  await first.stop();
  const stale = [process.pid, first.data, '1790000000', '5432', '/tmp/errata-pg-gone', '', '  1   1', 'ready   '];
  writeFileSync(join(first.data, 'postmaster.pid'), `${stale.join('\n')}\n`);
  expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it.each(['', 'torn', '4711\n/somewhere'])('starts although a power cut left %j as pid file', async (text) => {
  const first = await start();
  await first.stop();
  writeFileSync(join(first.data, 'postmaster.pid'), text);
  await expect(start()).resolves.toMatchObject({ data: first.data });
});

it('takes a copy that came back open to everybody', async () => {
  const first = await start();
  await first.stop();
  await chmod(first.data, 0o755);
  await expect(start()).resolves.toMatchObject({ data: first.data });
});

it('starts over where the making of the cluster was interrupted', async () => {
  mkdirSync(join(dataDir, 'postgres.new-999'));
  writeFileSync(join(dataDir, 'postgres.new-999', 'PG_VERSION'), '18\n');
  await start();
  expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
});

it('folds the case of letters beyond ASCII', async () => {
  const { url } = await start();
  expect(await query(url, "SELECT lower('ÜBERLAUF') AS text")).toEqual([{ text: 'überlauf' }]);
});
