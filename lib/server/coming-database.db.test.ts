import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { type DatabaseProxy, proxyDatabase } from '../db/test-proxy';
import { reloadEnv } from '../env.server';
import { bringUpDatabase, type ComingDatabase, isUnreachable } from './coming-database.server';

const database = useTestDatabase();
let proxy: DatabaseProxy;
let coming: ComingDatabase | undefined;
let told: string[];

beforeEach(async () => {
  proxy = await proxyDatabase(database.url);
  reloadEnv({ DATABASE_URL: proxy.url });
  told = [];
});
afterEach(async () => {
  await coming?.stop();
  coming = undefined;
  await proxy.close();
});

async function bringUp(worthWaiting: boolean): Promise<ComingDatabase> {
  coming = await bringUpDatabase({
    dataDir: '/nowhere',
    worthWaiting: async () => worthWaiting,
    report: (line) => told.push(line),
  });
  return coming;
}

async function run(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

describe('a database that is not there at the start', () => {
  it('is waited for, said so once, and prepared when it appears', async () => {
    proxy.cut();
    const { firstTry, isUp, up } = await bringUp(false);
    expect([await firstTry, isUp()]).toEqual([false, false]);
    await new Promise((go) => setTimeout(go, 1200));
    expect(told).toHaveLength(1);
    proxy.restore();
    expect(await up).toHaveProperty('setupPath');
    expect(isUp()).toBe(true);
    expect(await getDb().project.count()).toBe(0);
  });

  it('can be stopped waiting for', async () => {
    proxy.cut();
    const { firstTry, up, stop } = await bringUp(true);
    await firstTry;
    await stop();
    await expect(up).rejects.toThrow();
  });
});

describe('a database that answers and cannot be used', () => {
  const newer = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99_newer', now())`;

  it('stops a start that has nothing to do without it', async () => {
    await run(newer);
    try {
      const { firstTry } = await bringUp(false);
      await expect(firstTry).rejects.toThrow('newer Errata');
    } finally {
      await run(`DELETE FROM "_prisma_migrations" WHERE id = 'x'`);
    }
  });

  it('does not stop one that knows keys to capture for', async () => {
    await run(newer);
    const { firstTry, up } = await bringUp(true);
    expect(await firstTry).toBe(false);
    expect(told[0]).toContain('newer Errata');
    await run(`DELETE FROM "_prisma_migrations" WHERE id = 'x'`);
    expect(await up).toHaveProperty('setupPath');
  });
});

it('tells silence from a refusal', () => {
  const failure = (code: string): Error => Object.assign(new Error('x'), { code });
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', '57P03', '53300', '08006'])
    expect([code, isUnreachable(failure(code))]).toEqual([code, true]);
  for (const code of ['28P01', '3D000', '42P01']) expect([code, isUnreachable(failure(code))]).toEqual([code, false]);
  expect(isUnreachable(new Error('timeout expired'))).toBe(true);
  expect(isUnreachable(new Error('The database was migrated by a newer Errata'))).toBe(false);
});
