import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import { Client } from 'pg';

// The number that Prisma's own engine locks on: the two never migrate at the same time.
const PRISMA_LOCK = 72707369;

const FOLDER = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

// Prisma's own table, so that `prisma migrate status` and `deploy` agree with what is done here.
const LEDGER = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" varchar(36) PRIMARY KEY NOT NULL,
    "checksum" varchar(64) NOT NULL,
    "finished_at" timestamptz,
    "migration_name" varchar(255) NOT NULL,
    "logs" text,
    "rolled_back_at" timestamptz,
    "started_at" timestamptz NOT NULL DEFAULT now(),
    "applied_steps_count" integer NOT NULL DEFAULT 0
  )`;

export interface MigrationReport {
  /** Names of what was applied now, in order. */
  applied: string[];
  /** Names of those whose file is no longer what was applied. Nothing is done about them. */
  changed: string[];
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(): Promise<Migration[]> {
  const folders = (await readdir(FOLDER, { withFileTypes: true })).filter((item) => item.isDirectory());
  const names = folders.map((folder) => folder.name).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(FOLDER, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function readLedger(client: Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations"
     WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`,
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function refuseNewer(ledger: Map<string, string>, migrations: Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = [...ledger.keys()].filter((name) => !known.has(name));
  if (newer.length === 0) return;
  throw new Error(
    `The database was migrated by a newer Errata (${newer.join(', ')}). Start that version, or restore a backup from before.`,
  );
}

/** A migration and the line that records it are one transaction: it is applied whole or not at all. */
async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Migration ${migration.name} could not be applied: ${reason}`, { cause });
  }
}

/**
 * Brings the database up to this version: Errata's own migrations, then those of the job queue. Safe to run from several
 * processes at once; the later ones wait and find nothing to do.
 * @throws Error when a migration fails (nothing of it remains), or the database is of a newer version.
 */
export async function migrate(databaseUrl: string): Promise<MigrationReport> {
  const migrations = await readMigrations();
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'errata migrate',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query(LEDGER);
    const ledger = await readLedger(client);
    refuseNewer(ledger, migrations);
    const pending = migrations.filter((migration) => !ledger.has(migration.name));
    for (const migration of pending) await apply(client, migration);
    await runMigrations({ connectionString: databaseUrl });
    return {
      applied: pending.map((migration) => migration.name),
      changed: migrations
        .filter(({ name, checksum }) => ledger.has(name) && ledger.get(name) !== checksum)
        .map(({ name }) => name),
    };
  } finally {
    await client.end();
  }
}
