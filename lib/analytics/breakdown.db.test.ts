import { beforeAll, describe, expect, test } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { foldRollups } from '../issues/fold-rollups.server';
import { makeIssue, makeProject } from '../issues/issue-fixture';
import { DAY_MS, HOUR_MS } from '../time';
import { toScope } from './analytics-scope';
import { breakdown } from './breakdown.server';
import { QUESTIONS, questionOptionsSchema } from './questions.server';
import { TREND_SPLITS, type TrendSplit } from './trend-source';

useTestDatabase();
const viewer = systemViewer();
const now = new Date('2026-06-01T10:00:00Z');
const scope = toScope({ range: '30d' }, now);

beforeAll(async () => {
  const shop = await makeProject('shop');
  const docs = await makeProject('docs');
  for (let n = 1; n <= 12; n++) {
    await makeIssue({
      projectId: n % 3 === 0 ? docs : shop,
      number: n,
      title: `${['Timeout', 'Type', 'Key'][n % 3]}Error: ${n}`,
      service: ['api', 'web'][n % 2],
      environment: ['production', 'staging'][n % 2],
      level: ['error', 'fatal', 'warning'][n % 3],
      release: n % 4 === 0 ? undefined : `1.${n % 4}`,
      times: Array.from({ length: n }, (_, i) => new Date(now.getTime() - (i * 6 + n) * DAY_MS - HOUR_MS)),
    });
  }
});

const COLUMN: Record<TrendSplit, string> = {
  service: 'service',
  type: `split_part(title, ':', 1)`,
  level: 'level',
  environment: 'environment',
  release: `coalesce(release, '')`,
};

/** The same, counted from the events themselves. */
async function counted(by: TrendSplit): Promise<unknown[]> {
  const { from, to } = scope.range;
  const earlier = new Date(2 * from.getTime() - to.getTime());
  const { rows } = await getPool().query(
    `SELECT ${COLUMN[by]} AS key, (count(*) FILTER (WHERE time >= $2))::int AS events, (count(*) FILTER (WHERE time < $2))::int AS before,
       (count(DISTINCT (project_id, issue_number)) FILTER (WHERE time >= $2))::int AS issues
     FROM event WHERE time >= $1 AND time < $3 GROUP BY 1 ORDER BY 2 DESC, 1`,
    [earlier, from, to],
  );
  return rows;
}

describe('a breakdown says what counting the events says', () => {
  test.each(TREND_SPLITS)('by %s', async (by) => {
    expect((await breakdown({ viewer, scope, by })).data).toEqual(await counted(by));
  });

  test.each(TREND_SPLITS)('by %s, from weeks that were folded', async (by) => {
    await foldRollups(now);
    const { rows } = await getPool().query('SELECT 1 FROM facet_block');
    expect(rows.length).toBeGreaterThan(0);
    expect((await breakdown({ viewer, scope, by })).data).toEqual(await counted(by));
  });

  test('of a merged issue, neither it nor its hours count', async () => {
    await getPool().query('UPDATE issue SET merged_into = 1 WHERE number = 2');
    const { data } = await breakdown({ viewer, scope, by: 'service' });
    expect(data.reduce((sum, row) => sum + row.issues, 0)).toBe(11);
    await getPool().query('UPDATE issue SET merged_into = NULL WHERE number = 2');
    const again = await breakdown({ viewer, scope, by: 'service' });
    expect(again.data.reduce((sum, row) => sum + row.issues, 0)).toBe(12);
  });
});

test('every split is asked for by name', async () => {
  for (const by of TREND_SPLITS)
    await expect(
      QUESTIONS.breakdown.ask({ viewer, scope, options: questionOptionsSchema.parse({ by }) }),
    ).resolves.toMatchObject({ data: expect.any(Array) });
});

test('what issues are grouped by follows them', async () => {
  const traits = async () =>
    (
      await getPool().query(
        `SELECT status, level, is_known, is_merged FROM issue_trait WHERE project_id = 1 AND issue_number = 1`,
      )
    ).rows;
  expect(await traits()).toEqual([{ status: 'ongoing', level: 'fatal', is_known: false, is_merged: false }]);
  await getPool().query(`UPDATE issue SET status = 'escalating', level = 'error' WHERE project_id = 1 AND number = 1`);
  expect(await traits()).toEqual([{ status: 'escalating', level: 'error', is_known: false, is_merged: false }]);
  await getPool().query('DELETE FROM issue WHERE project_id = 1 AND number = 1');
  expect(await traits()).toEqual([]);
});
