import { beforeAll, describe, expect, test } from 'vitest';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS, HOUR_MS } from '../time';
import { foldRollups } from './fold-rollups.server';
import { Values } from './issue-conditions';
import { BLOCK_EPOCH, type Rollup, rollupRows } from './rollups';

useTestDatabase();

// Two hundred days of hours with gaps, of two issues and three kinds of everything else.
const START = Date.UTC(2026, 0, 1);
const END = START + 200 * DAY_MS;
const NOW = new Date(END);

beforeAll(async () => {
  await getPool().query(`INSERT INTO project (id, slug, name, prefix) VALUES (1, 'shop', 'Shop', 'S')`);
  const hours = `FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', interval '1 hour') h, generate_series(1, 2) n
    WHERE (extract(epoch FROM h)::bigint / 3600 * 7919 + n) % 5 < 2`;
  const range = [new Date(START), NOW];
  const count = '1 + (extract(epoch FROM h)::bigint / 3600 + n) % 7';
  await getPool().query(`INSERT INTO issue_hour SELECT 1, n, h, ${count} ${hours}`, range);
  await getPool().query(
    `INSERT INTO project_hour SELECT 1, h, 'api', 'production', 'l' || n, ${count} ${hours}`,
    range,
  );
  await getPool().query(
    `INSERT INTO facet_hour SELECT 'type', h, 1, 'api', 'production', 'T' || n, ${count} ${hours}`,
    range,
  );
});

const KEYS: Record<Rollup, string> = { issue: 'issue_number', project: 'level', facet: 'key' };

/** Sums by key and by the stretch between two edges that a row lies in. */
async function sums(table: string, key: string, edges: Date[], values: Values): Promise<string[]> {
  const { rows } = await getPool().query<{ line: string }>(
    `SELECT concat_ws(' ', key, place, sum(count)) AS line
     FROM (SELECT ${key} AS key, width_bucket(hour, ${values.add(edges)}::timestamptz[]) AS place, count FROM ${table} r
           WHERE hour >= ${values.add(edges[0])} AND hour < ${values.add(edges.at(-1))}) placed
     GROUP BY key, place HAVING sum(count) <> 0 ORDER BY 1`,
    values.list,
  );
  return rows.map((row) => row.line);
}

async function expectSameAsHours(edges: Date[]): Promise<void> {
  const { rows } = await getPool().query<{ rollup: Rollup; until: Date }>('SELECT rollup, until FROM rollup_fold');
  for (const { rollup, until } of rows) {
    const values = new Values();
    const told = rollupRows(rollup, edges, values, until);
    const expected = await sums(`${rollup}_hour`, KEYS[rollup], edges, new Values());
    expect(
      await sums(told, KEYS[rollup], edges, values),
      `${rollup} ${edges.map((edge) => edge.toISOString())}`,
    ).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  }
}

const midnights = (offset: number, days: number, step = 1): Date[] =>
  Array.from({ length: days }, (_, i) => new Date(START + (20 + i * step) * DAY_MS + offset * HOUR_MS));

const EDGES: [string, Date[]][] = [
  ['a range and the one before', [3.4, 91.7, 180.1].map((day) => new Date(START + day * DAY_MS))],
  ['days of UTC', midnights(0, 90)],
  ['days of a zone to the east', midnights(-2, 90)],
  ['days of a zone to the west', midnights(8, 90)],
  ['days that are cut at noon', midnights(12, 40)],
  ['days of a zone off by half an hour', midnights(-5.5, 40)],
  ['weeks of a zone to the east', midnights(-1, 20, 7)],
  ['days over a change of the clocks', [...midnights(-1, 30), ...midnights(-2, 60).slice(30)]],
  ['six hours', Array.from({ length: 80 }, (_, i) => new Date(START + 100 * DAY_MS + i * 6 * HOUR_MS))],
  ['days and a piece of one', [...midnights(-2, 10), new Date(START + 30.3 * DAY_MS)]],
];

describe('sums over any edges are those of the hours', () => {
  test.each(EDGES)('of %s, before anything is folded', (_, edges) => expectSameAsHours(edges));

  test('the weeks that ended three days ago are folded once, and nothing later', async () => {
    expect(await foldRollups(NOW)).toBeGreaterThan(60);
    expect(await foldRollups(NOW)).toBe(0);
    const { rows } = await getPool().query<{ until: Date }>('SELECT DISTINCT until FROM rollup_fold');
    expect(rows).toHaveLength(1);
    const until = (rows[0] as { until: Date }).until.getTime();
    expect((until - BLOCK_EPOCH.getTime()) % (7 * DAY_MS)).toBe(0);
    expect(END - until).toBeGreaterThanOrEqual(3 * DAY_MS);
    expect(END - until).toBeLessThan(10 * DAY_MS);
  });

  test.each(EDGES)('of %s, once folded', (_, edges) => expectSameAsHours(edges));

  test('what changes in a folded week is followed: events that came late, moved and deleted hours', async () => {
    const edges = EDGES[0]?.[1] as Date[];
    const day = new Date(START + 50 * DAY_MS);
    await getPool().query(
      `INSERT INTO issue_hour AS o VALUES (1, 1, $1, 1000), (1, 3, $1, 5) ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = o.count + excluded.count`,
      [day],
    );
    await getPool().query(
      `UPDATE project_hour SET count = count + 7 WHERE hour >= $1 AND hour < $1::timestamptz + interval '2 days'`,
      [day],
    );
    await getPool().query(`DELETE FROM facet_hour WHERE hour >= $1 AND hour < $1::timestamptz + interval '40 days'`, [
      day,
    ]);
    await expectSameAsHours(edges);
    await getPool().query(`DELETE FROM issue_hour WHERE issue_number = 3`);
    await expectSameAsHours(edges);
    // A week in which an issue was not seen has no row: it would count as one of its issues.
    expect((await getPool().query('SELECT 1 FROM issue_block WHERE issue_number = 3')).rows).toEqual([]);
  });
});
