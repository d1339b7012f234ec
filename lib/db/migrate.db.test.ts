import { Client } from 'pg';
import { expect, it } from 'vitest';
import { getDb, getPool } from './client.server';
import { migrate } from './migrate.server';
import { useTestDatabase } from './test-database';

const database = useTestDatabase();

async function rows<T>(sql: string): Promise<T[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

it('records what it applied in the form that Prisma reads', async () => {
  const [first] = await rows<Record<string, unknown>>('SELECT * FROM "_prisma_migrations" ORDER BY "migration_name"');
  expect(first).toMatchObject({ migration_name: '20261121000000_init', applied_steps_count: 1, rolled_back_at: null });
  expect(first?.checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(first?.finished_at).toBeInstanceOf(Date);
});

it('finds nothing to do the second time, from two processes at once', async () => {
  const reports = await Promise.all([migrate(database.url), migrate(database.url)]);
  expect(reports).toEqual([
    { applied: [], changed: [] },
    { applied: [], changed: [] },
  ]);
});

it('makes the tables of the job queue', async () => {
  expect(await rows("SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS made")).toEqual([{ made: true }]);
});

it('names a migration whose file is no longer what was applied', async () => {
  const [{ checksum } = { checksum: '' }] = await rows<{ checksum: string }>(
    `SELECT "checksum" FROM "_prisma_migrations" WHERE "migration_name" = '20261121000000_init'`,
  );
  const setChecksum = (value: string) =>
    rows(`UPDATE "_prisma_migrations" SET "checksum" = '${value}' WHERE "migration_name" = '20261121000000_init'`);
  await setChecksum('0'.repeat(64));
  expect((await migrate(database.url)).changed).toEqual(['20261121000000_init']);
  await setChecksum(checksum);
});

it('refuses a database that a newer version migrated', async () => {
  await rows(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") VALUES ('x', '', '29990101000000_later', now())`,
  );
  await expect(migrate(database.url)).rejects.toThrow(/newer Errata \(29990101000000_later\)/);
  await rows(`DELETE FROM "_prisma_migrations" WHERE "id" = 'x'`);
});

it('points Prisma and the pool at the database of this file', async () => {
  expect(await getDb().project.count()).toBe(0);
  const { rows: found } = await getPool().query('SELECT current_database() AS name');
  expect(database.url).toContain(found[0].name);
});
