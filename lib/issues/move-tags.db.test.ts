import { expect, test } from 'vitest';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { DAY_MS } from '../time';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { mergeIssues } from './merge-issues.server';
import { splitIssue } from './split-issue.server';
import { unmergeIssue } from './unmerge-issue.server';

useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

const tagsOf = async (number: number) =>
  (
    await getPool().query<{ tag: string }>(
      `SELECT key || ':' || value AS tag FROM issue_tag WHERE issue_number = $1 ORDER BY 1`,
      [number],
    )
  ).rows.map((row) => row.tag);

test('tags and days go along with merges and splits, and come back', async () => {
  const ada = await makeMember('Ada', 'engineer');
  const projectId = await makeProject('web');
  const times = [ago(DAY_MS), ago(10 * DAY_MS), ago(10 * DAY_MS - 1)];
  const safari: [string, string][] = [
    ['browser', 'Safari'],
    ['region', 'eu'],
  ];
  await makeIssue({ projectId, number: 1, tags: safari, times });
  await makeIssue({ projectId, number: 2, tags: [['browser', 'Chrome']], times });
  await getPool().query('UPDATE project SET next_issue = 4');
  const drift = async () =>
    (
      await getPool().query(`
        SELECT * FROM (SELECT project_id, issue_number, date_trunc('day', hour, 'UTC') AS hour, sum(count)::int AS count FROM issue_hour GROUP BY 1, 2, 3) h
        FULL JOIN issue_day d USING (project_id, issue_number, hour) WHERE h.count IS DISTINCT FROM d.count`)
    ).rows;
  await mergeIssues({ viewer: ada, issueId: 'WEB-2', ids: ['WEB-1'], now });
  expect(await tagsOf(2)).toEqual(['browser:Chrome', 'browser:Safari', 'region:eu']);
  expect(await drift()).toEqual([]);
  await unmergeIssue({ viewer: ada, issueId: 'WEB-2', mergedId: 'WEB-1', now });
  expect(await tagsOf(2)).toEqual(['browser:Chrome']);
  expect(await tagsOf(1)).toEqual(['browser:Safari', 'region:eu']);
  expect(await drift()).toEqual([]);
  const { rows } = await getPool().query<{ id: string }>(
    `SELECT replace(id::text, '-', '') AS id FROM event WHERE issue_number = 1 ORDER BY time LIMIT 1`,
  );
  await splitIssue({ viewer: ada, issueId: 'WEB-1', split: { events: [rows[0]!.id] }, now });
  expect(await tagsOf(4)).toEqual(['browser:Safari', 'region:eu']);
  expect(await tagsOf(1)).toEqual(['browser:Safari', 'region:eu']);
  expect(await drift()).toEqual([]);
});
