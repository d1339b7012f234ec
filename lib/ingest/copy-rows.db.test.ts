import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import { createCapturePool } from './capture-pool.server';
import { copyLine, copyRows, copyText } from './copy-rows.server';

const database = useTestDatabase();
let pool: Pool;

beforeAll(() => {
  pool = createCapturePool(database.url, 2);
});
afterAll(() => pool.end());
beforeEach(async () => {
  await pool.query('DROP TABLE IF EXISTS copied');
  await pool.query('CREATE TABLE copied (n int PRIMARY KEY, note text, data json)');
});

const line = (n: number, note: string | null, data = '{}'): string => copyLine([n, copyText(note), data]);

async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

it('stores any text as it is, and tells an empty one from none', async () => {
  const notes = [
    '',
    null,
    'plain',
    '\\',
    '\\.',
    'a\\nb\tc',
    'one\r\ntwo',
    '\x01',
    'a\x01\x01b\x02c',
    '"',
    'ä€😀',
    '\n',
    'null',
  ];
  await withClient((client) =>
    copyRows(
      client,
      'copied (n, note, data)',
      notes.map((note, n) => line(n, note)),
    ),
  );
  const { rows } = await pool.query('SELECT note FROM copied ORDER BY n');
  expect(rows.map(({ note }) => note)).toEqual(notes);
});

it('stores JSON without a change, whatever its texts hold', async () => {
  const data = { text: 'a\x01b\x02c\n"quoted" \\ ä😀', list: ['\r', '\t', '\u0007'] };
  await withClient((client) => copyRows(client, 'copied (n, note, data)', [line(1, 'x', JSON.stringify(data))]));
  expect((await pool.query('SELECT data FROM copied')).rows).toEqual([{ data }]);
});

it('refuses all rows for one that is bad, and leaves the connection in step', async () => {
  await withClient(async (client) => {
    await expect(
      copyRows(client, 'copied (n, note, data)', [line(1, 'good'), line(2, 'bad', '{')]),
    ).rejects.toMatchObject({ code: '22P02', where: undefined });
    expect((await client.query('SELECT count(*)::int AS n FROM copied')).rows).toEqual([{ n: 0 }]);
    await copyRows(client, 'copied (n, note, data)', [line(3, 'next')]);
  });
  expect((await pool.query('SELECT n FROM copied')).rows).toEqual([{ n: 3 }]);
});

it('is one of several queries under way, and turns the commit behind it into a rollback when it fails', async () => {
  await withClient(async (client) => {
    const send = (lines: string[]) =>
      Promise.allSettled([
        client.query('BEGIN'),
        client.query(`INSERT INTO copied VALUES (10, 'before', '{}') ON CONFLICT DO NOTHING`),
        copyRows(client, 'copied (n, note, data)', lines),
        client.query('SELECT 1'),
        client.query('COMMIT'),
      ]);
    const failed = await send([line(1, 'a'), line(1, 'twice')]);
    expect(failed.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((await client.query('SELECT count(*)::int AS n FROM copied')).rows).toEqual([{ n: 0 }]);
    const stored = await send([line(1, 'a'), line(2, 'b')]);
    expect(stored.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await client.query('SELECT count(*)::int AS n FROM copied')).rows).toEqual([{ n: 3 }]);
  });
});

it('has its rows dropped when PostgreSQL refuses the statement itself', async () => {
  await withClient(async (client) => {
    const [copied, after] = await Promise.allSettled([
      copyRows(client, 'no_such_table (n)', [line(1, 'x')]),
      client.query('SELECT 7 AS n'),
    ]);
    expect(copied).toMatchObject({ status: 'rejected', reason: { code: '42P01' } });
    expect(after).toMatchObject({ status: 'fulfilled', value: { rows: [{ n: 7 }] } });
  });
});
