import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from './embedded.server';
import { migrate } from './migrate.server';
import { findPostmaster, isAlive, stopPostmaster } from './postmaster.server';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the migrated database that each file's own is cloned from. */
    templateUrl: string;
  }
}

/** Removes the servers of runs that were killed before they could do so. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = /^errata-test-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    const left = await findPostmaster(join(folder, 'postgres'));
    if (left) {
      await stopPostmaster(left.pid);
      await rm(left.socketFolder, { recursive: true, force: true });
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweep();
  const dataDir = await mkdtemp(join(tmpdir(), `errata-test-${process.pid}-`));
  // PostgreSQL may run as another user, who has to pass through.
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, durable: false, connections: 200 });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const withDatabase = (url: string, name: string): string => {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.toString();
};

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** vitest's global set-up of the project `db`: one server and one migrated template for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startServer();
  const name = `errata_template_${process.pid}`;
  await run(server.url, `DROP DATABASE IF EXISTS ${name}`);
  await run(server.url, `CREATE DATABASE ${name}`);
  const templateUrl = withDatabase(server.url, name);
  await migrate(templateUrl);
  project.provide('templateUrl', templateUrl);
  return async () => {
    if (given) await run(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.stop();
  };
}
