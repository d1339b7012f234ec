import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createKeyRing } from './project-scope.server';

const KEY = 'a'.repeat(32);
let enabled: boolean;
let asked: number;
let now: number;

/** A database that knows one key. */
const pool = {
  async query(sql: string) {
    if (!sql.startsWith('SELECT')) return { rows: [] };
    asked++;
    return { rows: [{ id: 1, prefix: 'API', slug: 'api', settings: {}, has_sampled: false, key_id: 1, enabled }] };
  },
} as unknown as Pool;

beforeEach(() => {
  [enabled, asked, now] = [true, 0, 1000];
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

it('asks again after five seconds, however the clock on the wall was set meanwhile', async () => {
  const keys = createKeyRing(pool, { clock: () => now });
  expect(await keys.find(KEY)).toMatchObject({ projectId: 1 });
  vi.setSystemTime(new Date('2001-01-01'));
  now += 4000;
  await keys.find(KEY);
  expect(asked).toBe(1);
  enabled = false;
  now += 2000;
  expect(await keys.find(KEY)).toBeNull();
  expect(asked).toBe(2);
});
