import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { checkReadiness, type Readiness } from './readiness.server';

type Asked = Parameters<typeof checkReadiness>[0];

const answering = (query: () => Promise<unknown>): Pool => ({ query }) as unknown as Pool;
const alive = answering(async () => ({ rows: [{ age: 100 }] }));
const failing = (code: string): Pool =>
  answering(async () => {
    throw Object.assign(new Error('no'), { code });
  });
const check = (changes: Partial<Asked>): Promise<Readiness> =>
  checkReadiness({
    pool: alive,
    migrated: true,
    pagesUp: true,
    spool: { bytes: 0, max_bytes: 100 },
    knowsKeys: true,
    ...changes,
  });

it('is ready when everything is there', async () => {
  expect(await check({})).toMatchObject({ ready: true, degraded: false, parts: { database: 'ok', spool: 'ok' } });
});

it('takes requests without a database while the spool has room, and says what is missing', async () => {
  const away = { pool: failing('ECONNREFUSED'), migrated: false, pagesUp: false };
  expect(await check(away)).toMatchObject({
    ready: true,
    degraded: true,
    parts: { database: 'unreachable', migrations: 'pending', pages: 'starting', worker: 'unknown' },
  });
  expect((await check({ ...away, spool: { bytes: 100, max_bytes: 100 } })).ready).toBe(false);
});

it('is not ready without a database when there is no key to take events for', async () => {
  expect((await check({ pool: failing('ECONNREFUSED'), migrated: false, knowsKeys: false })).ready).toBe(false);
});

it('knows a database that answers and is not migrated', async () => {
  const { parts } = await check({ pool: failing('42P01'), migrated: false });
  expect(parts).toMatchObject({ database: 'ok', migrations: 'pending' });
});
