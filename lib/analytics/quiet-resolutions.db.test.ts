import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { autoResolveIssues } from '../issues/auto-resolve-issues.server';
import { changeIssue } from '../issues/change-issue.server';
import { makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { undoChanges } from '../issues/undo-change.server';
import { DAY_MS } from '../time';
import { toScope } from './analytics-scope';
import { recurrence } from './recurrence.server';
import { resolutionRate } from './resolution-rate.server';

const database = useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
const scope = toScope({ range: '7d' }, now);

let ada: Viewer;
let projectId: number;

beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
  await getPool().query(`UPDATE project SET settings = '{"auto_resolve_days": 7}'`);
  // 1 falls silent, 2 is resolved by Ada, 3 and 4 stay open.
  await makeIssue({ projectId, number: 1, times: [ago(30)] });
  await makeIssue({ projectId, number: 2, times: [ago(30), ago(1)] });
  await makeIssue({ projectId, number: 3, times: [ago(30), ago(1)] });
  await makeIssue({ projectId, number: 4, times: [ago(30), ago(1)] });
  await changeIssue({ viewer: ada, issueId: 'API-2', change: { status: 'resolved' }, now: ago(3) });
  await autoResolveIssues(ago(2));
});

async function regress(issueNumber: number, at: Date): Promise<void> {
  await getPool().query(
    `UPDATE issue SET status = 'regressed', resolved_at = NULL, resolved_mode = NULL WHERE number = $1`,
    [issueNumber],
  );
  await getPool().query(
    `INSERT INTO turning_point (project_id, issue_number, at, kind, data)
     VALUES ($1, $2, $3, 'regressed', '{"previous": {"status": "resolved"}}')`,
    [projectId, issueNumber, at],
  );
}

test('what silence resolved is nobody’s claim', async () => {
  const rate = await resolutionRate({ viewer: ada, scope });
  expect(rate.claimed).toEqual({ value: 0.25, before: 0 });
  expect(await recurrence({ viewer: ada, scope })).toMatchObject({ resolutions: { value: 1 }, recurred: { value: 0 } });
});

test('and when it comes back, no claim was wrong', async () => {
  await regress(1, ago(1));
  expect((await resolutionRate({ viewer: ada, scope })).claimed).toEqual({ value: 0.25, before: 0 });
  expect(await recurrence({ viewer: ada, scope })).toMatchObject({ resolutions: { value: 1 }, recurred: { value: 0 } });
  await regress(2, ago(1));
  expect((await resolutionRate({ viewer: ada, scope })).claimed).toEqual({ value: 0, before: 0 });
  expect(await recurrence({ viewer: ada, scope })).toMatchObject({ resolutions: { value: 1 }, recurred: { value: 1 } });
});

test('reopening what silence resolved, and taking that back, claims nothing either', async () => {
  const reopened = await changeIssue({ viewer: ada, issueId: 'API-1', change: { status: 'open' }, now: ago(1) });
  expect((await resolutionRate({ viewer: ada, scope })).claimed).toEqual({ value: 0.25, before: 0 });
  await undoChanges({ viewer: ada, token: reopened.undo ?? '', now: ago(0.5) });
  const rate = await resolutionRate({ viewer: ada, scope });
  expect(rate.claimed).toEqual({ value: 0.25, before: 0 });
  expect(rate.claimed_trend.every((value) => value === 0 || value === 0.25)).toBe(true);
});
