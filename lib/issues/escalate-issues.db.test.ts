import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { createCapturePool } from '../ingest/capture-pool.server';
import { pendingEvent } from '../ingest/ingest-fixtures';
import { writeBatch } from '../ingest/write-batch.server';
import { DAY_MS, floorHour, HOUR_MS } from '../time';
import { changeIssue } from './change-issue.server';
import { escalateIssues, FIND_CANDIDATES } from './escalate-issues.server';
import { getIssue } from './get-issue.server';
import { makeIssue, makeMember, makeProject } from './issue-fixture';
import { listActivity } from './list-activity.server';

const database = useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

let ada: Viewer;
let projectId: number;
let pool: Pool;

beforeAll(() => {
  pool = createCapturePool(database.url, 2);
});
afterAll(() => pool.end());
beforeEach(async () => {
  await database.truncate();
  ada = await makeMember('Ada', 'engineer');
  projectId = await makeProject('api');
});

/** An issue of thirty days with `each` event an hour for the last eight, and others in the hours so many before now. */
async function steadyIssue(number: number, each: number, others: Record<number, number> = {}, status = 'ongoing') {
  await makeIssue({ projectId, number, status, times: [ago(30 * DAY_MS)] });
  const hours = Array.from({ length: 192 }, (_, back) => back);
  await addHours(number, Object.fromEntries(hours.map((back) => [back, others[back] ?? each])));
}

async function addHours(number: number, counts: Record<number, number>, at = now): Promise<void> {
  const backs = Object.keys(counts).map(Number);
  await getPool().query(
    `INSERT INTO issue_hour AS o (project_id, issue_number, hour, count)
     SELECT $1, $2, * FROM unnest($3::timestamptz[], $4::int[]) AS x (hour, count) WHERE count > 0
     ON CONFLICT (project_id, issue_number, hour) DO UPDATE SET count = excluded.count`,
    [
      projectId,
      number,
      backs.map((back) => new Date(floorHour(at).getTime() - back * HOUR_MS)),
      backs.map((back) => counts[back]),
    ],
  );
  await getPool().query('UPDATE issue SET last_seen = greatest(last_seen, $3) WHERE project_id = $1 AND number = $2', [
    projectId,
    number,
    at,
  ]);
}

const status = async (number: number) => (await getIssue({ viewer: ada, issueId: `API-${number}`, now })).status;
const history = async (number: number) =>
  (await listActivity({ viewer: ada, issueId: `API-${number}`, page: { limit: 20 } })).data;

test('an issue far above its usual rate escalates, and its history says by how much', async () => {
  await steadyIssue(1, 4, { 0: 60 });
  await steadyIssue(2, 4, { 0: 12 });
  expect(await escalateIssues(now)).toEqual({ escalated: 1, deescalated: 0 });
  expect([await status(1), await status(2)]).toEqual(['escalating', 'ongoing']);
  const [line] = await history(1);
  expect(line).toMatchObject({
    kind: 'escalating',
    actor: null,
    data: { count: 60, limit: 24, hour: '2026-05-20T12:00:00.000Z', previous: { status: 'ongoing' } },
  });
});

test('a second look changes nothing', async () => {
  await steadyIssue(1, 4, { 0: 60 });
  await escalateIssues(now);
  expect(await escalateIssues(now)).toEqual({ escalated: 0, deescalated: 0 });
  expect(await history(1)).toHaveLength(1);
});

test('two looks at once escalate once', async () => {
  for (let number = 1; number <= 30; number++) await steadyIssue(number, 4, { 0: 60 });
  const reports = await Promise.all([escalateIssues(now), escalateIssues(now)]);
  expect(reports[0]!.escalated + reports[1]!.escalated).toBe(30);
  expect(await getDb().turningPoint.count({ where: { kind: 'escalating' } })).toBe(30);
});

test('back under its limit for a day it is ongoing again, and does not flap', async () => {
  await steadyIssue(1, 4, { 0: 60 });
  await escalateIssues(now);
  const later = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  for (const hour of [1, 24]) expect(await escalateIssues(later(hour))).toEqual({ escalated: 0, deescalated: 0 });
  expect(await escalateIssues(later(25))).toEqual({ escalated: 0, deescalated: 1 });
  expect(await status(1)).toBe('ongoing');
  expect(await escalateIssues(later(25))).toEqual({ escalated: 0, deescalated: 0 });
  expect((await history(1)).map((line) => line.kind)).toEqual(['ongoing', 'escalating']);
});

test('a rise that lasts is escalating for a week and usual afterwards', async () => {
  await steadyIssue(1, 4, { 0: 60 });
  await escalateIssues(now);
  for (let day = 1; day <= 7; day++) {
    const at = new Date(now.getTime() + day * DAY_MS);
    await addHours(1, Object.fromEntries(Array.from({ length: 24 }, (_, back) => [back, 60])), at);
    expect((await escalateIssues(at)).deescalated).toBe(day === 7 ? 1 : 0);
  }
});

test('muted until it escalates, it wakes up; muted for ever, it does not', async () => {
  await steadyIssue(1, 4);
  await steadyIssue(2, 4);
  await changeIssue({
    viewer: ada,
    issueId: 'API-1',
    change: { status: 'muted', mute: { kind: 'until_escalating' } },
    now,
  });
  await changeIssue({ viewer: ada, issueId: 'API-2', change: { status: 'muted' }, now });
  const later = new Date(now.getTime() + HOUR_MS);
  await addHours(1, { 0: 60 }, later);
  await addHours(2, { 0: 60 }, later);
  expect(await escalateIssues(later)).toEqual({ escalated: 1, deescalated: 0 });
  expect([await status(1), await status(2)]).toEqual(['escalating', 'muted']);
  expect(await getIssue({ viewer: ada, issueId: 'API-1', now })).toMatchObject({ mute: null });
});

test('resolved and merged issues are left alone', async () => {
  await steadyIssue(1, 4, { 0: 60 }, 'resolved');
  await steadyIssue(2, 4, { 0: 60 });
  await steadyIssue(3, 4);
  await getPool().query('UPDATE issue SET merged_into = 3 WHERE number = 2');
  expect(await escalateIssues(now)).toEqual({ escalated: 0, deescalated: 0 });
});

test('capture goes on beside it, and no event and no escalation is lost', async () => {
  const hashes = Array.from({ length: 60 }, (_, index) => index + 1);
  const at = ago(60_000).toISOString();
  let id = 1;
  const batch = (order: number[]) =>
    order.map((hash) => pendingEvent(projectId, id++, hash, { timestamp: at, received_at: at }));
  await writeBatch(pool, batch(hashes), new Map(), now);
  await pool.query(`UPDATE issue SET first_seen = $1`, [ago(5 * HOUR_MS)]);
  for (const number of hashes) await addHours(number, { 0: 40, 3: 2 });
  const writes = async () => {
    for (let round = 0; round < 12; round++) {
      await writeBatch(pool, batch(round % 2 ? hashes : [...hashes].reverse()), new Map(), now);
    }
  };
  const [, , report] = await Promise.all([writes(), writes(), escalateIssues(now)]);
  expect(report.escalated).toBe(60);
  const [sums] = (
    await pool.query(
      'SELECT sum(event_count)::int AS events, count(*) FILTER (WHERE status = $1)::int AS loud FROM issue',
      ['escalating'],
    )
  ).rows;
  expect(sums).toEqual({ events: 60 * 25, loud: 60 });
});

test('issues nobody heard of lately are not even read', async () => {
  await getPool().query(
    `INSERT INTO issue (project_id, number, title, level, service, environment, first_seen, last_seen, status_changed_at, status)
     SELECT $1, n, 'E', 'error', 's', 'p', $2, $2, $2, 'ongoing' FROM generate_series(100, 20000) n`,
    [projectId, ago(40 * DAY_MS)],
  );
  await getPool().query('ANALYZE issue, issue_hour, project');
  const { rows } = await getPool().query<{ 'QUERY PLAN': string }>(`EXPLAIN ${FIND_CANDIDATES}`, [
    ago(HOUR_MS),
    now,
    ago(DAY_MS),
  ]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/issue_last_seen_idx/);
  expect(plan).toMatch(/issue_status_idx/);
  expect(plan).not.toMatch(/Seq Scan on issue i/);
});
