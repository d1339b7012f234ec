import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { reloadEnv } from '../env.server';
import { disconnectDb } from './client.server';

/** Only for `*.db.test.ts`. */
export interface TestDatabase {
  /** Known from `beforeAll` on. */
  readonly url: string;
  /** Empties all tables, identities included: for a file whose tests must not see each other's rows. */
  truncate(): Promise<void>;
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const TRUNCATE = `
  DO $$ BEGIN EXECUTE (
    SELECT 'TRUNCATE ' || string_agg(format('%I.%I', schemaname, tablename), ', ') || ' RESTART IDENTITY CASCADE'
    FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
  ); END $$`;

const DEADLOCK = '40P01';
const TRUNCATE_TRIES = 5;

/** Counters that the code under test writes in the background may hold one table and wait for the next; they finish. */
async function truncate(url: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await run(url, TRUNCATE);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || tried === TRUNCATE_TRIES) throw error;
    }
  }
}

/**
 * Gives this file a database of its own, cloned from the migrated template, and points `getDb()` and `getPool()` at it.
 * Call it once at the top of the file. The database goes when the file's tests are through.
 */
export function useTestDatabase(): TestDatabase {
  const template = new URL(inject('templateUrl'));
  const templateName = template.pathname.slice(1);
  const name = `errata_test_${randomBytes(6).toString('hex')}`;
  const own = new URL(template);
  own.pathname = `/${name}`;
  const maintenance = new URL(template);
  maintenance.pathname = '/postgres';

  beforeAll(async () => {
    await run(maintenance.toString(), `CREATE DATABASE ${name} TEMPLATE ${templateName} STRATEGY wal_log`);
    process.env.DATABASE_URL = own.toString();
    reloadEnv();
  });

  afterAll(async () => {
    await disconnectDb();
    await run(maintenance.toString(), `DROP DATABASE ${name} WITH (FORCE)`);
  });

  return { url: own.toString(), truncate: () => truncate(own.toString()) };
}
