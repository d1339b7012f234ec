import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { changeIssue } from '../issues/change-issue.server';
import { makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { undoChanges } from '../issues/undo-change.server';
import { DAY_MS, HOUR_MS } from '../time';
import { reportSchema, statsSchema } from './analytics-schema';
import { toScope } from './analytics-scope';
import { errorTrend } from './error-trend.server';
import { heatmap } from './heatmap.server';
import { knowledgeCoverage } from './knowledge-coverage.server';
import { loadStats, resetStats } from './load-stats.server';
import { loadStatus, statusSchema } from './load-status.server';
import { markers } from './markers.server';
import { newVsResolved } from './new-vs-resolved.server';
import { openIssueAge } from './open-issue-age.server';
import { QUESTION_NAMES, QUESTIONS } from './questions.server';
import { recurrence } from './recurrence.server';
import { renderMetrics } from './render-metrics.server';
import { loadReport } from './report.server';
import { resolutionRate } from './resolution-rate.server';
import { timeToResolve } from './time-to-resolve.server';
import { escalatingIssues, topIssues } from './top-issues.server';
import { loadTotals } from './totals.server';

useTestDatabase();

const now = new Date('2026-05-20T12:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const week = toScope({ range: '7d' }, now);
const day = toScope({ range: '24h' }, now);

let ada: Viewer;

beforeAll(async () => {
  ada = await makeMember('Ada', 'engineer');
  const projectId = await makeProject('api');
  const at = (...days: number[]) => days.map((d) => ago(d * DAY_MS));
  // 1: old and steady. 2: new this week, resolved, stays so. 3: resolved and back. 4: other service, last week only.
  await makeIssue({ projectId, number: 1, title: 'Steady', times: at(20, 10, 9, 3, 2, 1) });
  await makeIssue({ projectId, number: 2, title: 'Solved', times: at(5, 4.5), level: 'fatal' });
  await makeIssue({ projectId, number: 3, title: 'Back', times: at(6, 1) });
  await makeIssue({
    projectId,
    number: 4,
    title: 'Gone',
    times: at(12, 11),
    service: 'worker',
    environment: 'staging',
  });
  const burst = Array.from({ length: 12 }, (_, i) => ago(i * 60_000));
  await makeIssue({ projectId, number: 5, title: 'Burst', times: [ago(6 * DAY_MS), ...burst], service: 'web' });

  await changeIssue({ viewer: ada, issueId: 'API-2', change: { status: 'resolved' }, now: ago(3 * DAY_MS) });
  await changeIssue({ viewer: ada, issueId: 'API-3', change: { status: 'resolved' }, now: ago(5 * DAY_MS) });
  await getDb().issue.updateMany({
    where: { number: 3 },
    data: { status: 'regressed', resolvedAt: null, resolvedMode: null, statusChangedAt: ago(DAY_MS) },
  });
  await getDb().turningPoint.create({
    data: {
      projectId,
      issueNumber: 3,
      at: ago(DAY_MS),
      kind: 'regressed',
      data: { previous: { status: 'resolved' } },
    },
  });
  const slip = await changeIssue({
    viewer: ada,
    issueId: 'API-1',
    change: { status: 'resolved' },
    now: ago(2 * DAY_MS),
  });
  await undoChanges({ viewer: ada, token: slip.undo ?? '', now: ago(2 * DAY_MS - 5000) });

  const entry = await getDb().entry.create({ data: { title: 'Restart', content: {}, status: 'published' } });
  await getDb().issue.updateMany({ where: { number: 2 }, data: { knownEntryId: entry.id, knownConfidence: 0.9 } });
  const fix = { projectId, entryId: entry.id, appliedName: 'Ada', baselineRate: 1, issueFirstSeen: ago(6 * DAY_MS) };
  await getDb().fix.createMany({
    data: [
      { ...fix, issueNumber: 2, appliedAt: ago(3 * DAY_MS), verdict: 'held', verdictAt: ago(DAY_MS) },
      { ...fix, issueNumber: 3, appliedAt: ago(5 * DAY_MS), verdict: 'recurred', verdictAt: ago(DAY_MS) },
    ],
  });
  await getPool().query(
    `INSERT INTO capture_counter (project_id, name, value) VALUES ($1, 'accepted', 30), ($1, 'rejected', 2)`,
    [projectId],
  );
});

test('totals count the period and the one before', async () => {
  expect(await loadTotals({ viewer: ada, scope: week })).toEqual({
    events: { value: 20, before: 4 },
    new_issues: { value: 3, before: 1 },
    open_issues: { value: 4, before: 2 },
    resolved: { value: 3, before: 0 },
    regressed: { value: 1, before: 0 },
  });
});

test('a service narrows every figure', async () => {
  const scope = toScope({ range: '14d', service: 'worker', project: 'api' }, now);
  expect(await loadTotals({ viewer: ada, scope })).toMatchObject({
    events: { value: 2, before: 0 },
    new_issues: { value: 1, before: 0 },
  });
});

test('the trend holds every event, by service, with the period before', async () => {
  const trend = await errorTrend({ viewer: ada, scope: week, by: 'service' });
  expect(trend.series.map((s) => [s.key, s.total])).toEqual([
    ['web', 13],
    ['api', 7],
  ]);
  expect(trend.total.reduce((a, b) => a + b, 0)).toBe(20);
  expect(trend.previous.reduce((a, b) => a + b, 0)).toBe(4);
  expect(trend.previous).toHaveLength(trend.times.length);
});

test('levels come gravest first', async () => {
  const trend = await errorTrend({ viewer: ada, scope: week, by: 'level' });
  expect(trend.series.map((s) => s.key)).toEqual(['fatal', 'error']);
});

test('the resolution rate tells what is claimed from what is verified, now and then', async () => {
  const rate = await resolutionRate({ viewer: ada, scope: week });
  expect(rate.claimed).toEqual({ value: 1 / 5, before: 0 });
  expect(rate.verified).toEqual({ value: 1 / 5, before: 0 });
  // Four days ago the third issue counted as resolved, and nothing was verified.
  const at = rate.times.findLastIndex((time) => new Date(time) <= ago(4 * DAY_MS));
  expect(rate.claimed_trend[at]).toBe(1 / 5);
  expect(rate.verified_trend[at]).toBe(0);
  // Between, both were.
  const between = rate.times.findLastIndex((time) => new Date(time) <= ago(1.5 * DAY_MS));
  expect(rate.claimed_trend[between]).toBe(2 / 5);
});

test('the rate of an empty scope is unknown, not zero', async () => {
  const rate = await resolutionRate({ viewer: ada, scope: toScope({ service: 'nowhere' }, now) });
  expect(rate.claimed).toEqual({ value: null, before: null });
});

test('time to resolve leaves out what was undone', async () => {
  const time = await timeToResolve({ viewer: ada, scope: week });
  expect(time.resolutions).toEqual({ value: 2, before: 0 });
  expect(time.median_ms.value).toBe(1.5 * DAY_MS);
  expect(time.by_level).toContainEqual({
    level: 'fatal',
    resolutions: 1,
    median_ms: 2 * DAY_MS,
    p90_ms: 2 * DAY_MS,
  });
  const resolvedAt = time.times.findIndex((start) => Date.parse(start) > ago(3 * DAY_MS).getTime()) - 1;
  expect(time.median_trend[resolvedAt]).toBe(2 * DAY_MS);
  expect(time.median_trend.filter((ms) => ms !== null)).toHaveLength(2);
});

test('open issues are counted by how long they have been known', async () => {
  const { ages } = await openIssueAge({ viewer: ada, scope: week });
  expect(ages.map(({ age, issues, stale }) => [age, issues, stale])).toEqual([
    ['day', 0, 0],
    ['week', 2, 0],
    ['month', 2, 0],
    ['quarter', 0, 0],
    ['older', 0, 0],
  ]);
});

test('marks tell what came back and what was fixed', async () => {
  const { data } = await markers({ viewer: ada, scope: week });
  expect(data).toContainEqual({ at: ago(DAY_MS).toISOString(), kind: 'regression', label: 'Back', issue: 'API-3' });
});

test('a trend by error type counts as many events as one by service', async () => {
  const [byType, byService] = await Promise.all(
    (['type', 'service'] as const).map((by) => errorTrend({ viewer: ada, scope: week, by })),
  );
  expect(byType?.total).toEqual(byService?.total);
  expect(byType?.previous).toEqual(byService?.previous);
});

test('recurrence is the share of resolutions that did not last', async () => {
  const again = await recurrence({ viewer: ada, scope: week });
  expect(again).toMatchObject({
    resolutions: { value: 2, before: 0 },
    recurred: { value: 1, before: 0 },
    rate: { value: 0.5, before: null },
  });
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  expect([sum(again.resolutions_trend), sum(again.recurred_trend)]).toEqual([2, 1]);
});

test('coverage weighs issues by their events', async () => {
  expect(await knowledgeCoverage({ viewer: ada, scope: week })).toMatchObject({
    events: { total: 20, covered: 2 },
    issues: { total: 4, covered: 1 },
    rate: { value: 0.1 },
  });
});

test('new against resolved', async () => {
  const flow = await newVsResolved({ viewer: ada, scope: week });
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  expect([sum(flow.new), sum(flow.resolved), sum(flow.regressed)]).toEqual([3, 3, 1]);
});

test('top issues by events, with the period before', async () => {
  const all = (await topIssues({ viewer: ada, scope: week })).data.map((issue) => issue.events_in_range);
  expect(all).toEqual([13, 3, 2, 2]);
  const { data } = await topIssues({ viewer: ada, scope: week, limit: 2 });
  expect(data.map((i) => [i.id, i.events_in_range, i.events_before])).toEqual([
    ['API-5', 13, 0],
    ['API-1', 3, 2],
  ]);
});

test('what bursts escalates', async () => {
  const { data } = await escalatingIssues({ viewer: ada, scope: day });
  expect(data.map((issue) => issue.id)).toEqual(['API-5']);
});

test('the heatmap turns with the time zone', async () => {
  const utc = await heatmap({ viewer: ada, scope: day });
  const tokyo = await heatmap({ viewer: ada, scope: { ...day, zone: 'Asia/Tokyo' } });
  expect(utc.hours[2]?.[12]).toBe(12);
  expect(tokyo.hours[2]?.[21]).toBe(12);
});

test('every question answers in its declared shape', async () => {
  for (const name of QUESTION_NAMES) {
    const { ask, response } = QUESTIONS[name];
    expect(response.safeParse(await ask({ viewer: ada, scope: week, options: {} })).error, name).toBeUndefined();
  }
  expect(reportSchema.safeParse(await loadReport({ viewer: ada, scope: week })).error).toBeUndefined();
});

test('resetting the counters loses no event', async () => {
  const before = statsSchema.parse(await loadStats({ viewer: ada }));
  expect(before.events).toMatchObject({ accepted: 30, rejected: 2 });
  await resetStats({ viewer: ada, now });
  const after = await loadStats({ viewer: ada });
  expect(after).toMatchObject({ since: now.toISOString(), events: { accepted: 0, rejected: 0 } });
  expect(after.issues).toEqual(before.issues);
  expect((await getDb().event.count()) > 0).toBe(true);
});

test('the status says that no worker beats', async () => {
  const status = statusSchema.parse(await loadStatus({ viewer: ada, now, version: '1.0.0' }));
  expect(status).toMatchObject({ status: 'degraded', components: { worker: { status: 'down' } } });
});

test('metrics are Prometheus text under our name', async () => {
  const { body, contentType } = await renderMetrics({ viewer: ada, now, version: '1.0.0' });
  expect(contentType).toContain('text/plain; version=0.0.4');
  expect(body).toContain('errata_events_accepted_total{project="api"} 30');
  expect(body).toContain('errata_issues{project="api",status="resolved"} 1');
  const names = body.split('\n').filter((line) => line && !line.startsWith('#'));
  expect(names.every((line) => line.startsWith('errata_'))).toBe(true);
});

test('the steps of an hour cover an hour each', () => {
  expect(day.intervalMs).toBe(HOUR_MS);
});

test('what silence resolved does not count as time somebody took', async () => {
  const at = ago(HOUR_MS);
  const project = await getDb().project.findFirstOrThrow({ where: { slug: 'api' } });
  await getDb().turningPoint.create({
    data: { projectId: project.id, issueNumber: 1, at, kind: 'resolved', data: { reason: 'auto', quiet_days: 3 } },
  });
  const time = await timeToResolve({ viewer: ada, scope: week });
  expect(time.resolutions).toEqual({ value: 2, before: 0 });
});
