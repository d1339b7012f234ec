import { beforeEach, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addComment } from '../issues/comment-issue.server';
import { makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry } from '../knowledge/save-entry.server';
import { matchError } from '../search/match-error.server';
import { DAY_MS, HOUR_MS } from '../time';
import { acceptSuggestion } from './accept-suggestion.server';
import { learnCalibration } from './learn-calibration.server';
import { learningScore } from './learning-score.server';
import { listIssueSuggestions } from './list-suggestions.server';
import { matchIssue } from './match-issue.server';
import { giveFeedback, listOwnFeedback } from './record-feedback.server';
import { rejectSuggestion } from './reject-suggestion.server';
import { requestDraft } from './request-draft.server';
import { undoDecision } from './undo-decision.server';

const database = useTestDatabase();
const system = systemViewer();
const POOL = 'PoolTimeout: no connection became free within 30 s (pool of 10)';

let project: number;
let reviewer: Viewer;
let pool: string;
const ago = (ms: number) => new Date(Date.now() - ms);
const week = () => ({ from: ago(7 * DAY_MS), to: new Date(Date.now() + 1000) });
const score = () => learningScore({ viewer: system, range: week() });
const suggested = async (n: number) => {
  await matchIssue({ projectId: project, issueNumber: n });
  return (await listIssueSuggestions({ viewer: system, issueId: `SHOP-${n}` }))[0]?.id ?? '0';
};
const confidence = async () =>
  (await matchError({ viewer: system, error: { error_message: POOL, service: 'api' } })).data[0];

beforeEach(async () => {
  await database.truncate();
  project = await makeProject('shop');
  reviewer = await makeMember('Rita', 'reviewer');
  const input = entryInputSchema.parse({ title: 'Pool exhausted', symptoms: POOL, status: 'published' });
  pool = (await createEntry({ viewer: system, input, now: new Date() })).id;
  for (const number of [1, 2, 3])
    await makeIssue({ projectId: project, number, title: POOL, times: [ago(3 * HOUR_MS), ago(2 * HOUR_MS)] });
});

it('counts nothing where nothing happened, and divides by nothing', async () => {
  await database.truncate();
  expect(await score()).toMatchObject({
    coverage: { value: null, events: 0 },
    precision: { value: null },
    calibration: { bins: [], error: null, shift: 0 },
    first_suggestion: { median_ms: { value: null } },
    drafts: { made: 0, median_edit: null },
  });
});

it('keeps score of suggestions, coverage, drafts and verdicts', async () => {
  await acceptSuggestion({ viewer: reviewer, id: await suggested(1), now: ago(2.5 * HOUR_MS) });
  await rejectSuggestion({ viewer: reviewer, id: await suggested(2), reason: 'wrong_cause', now: new Date() });
  await makeIssue({ projectId: project, number: 4, title: 'LabelError: carrier refused', times: [ago(HOUR_MS)] });
  await addComment({ viewer: reviewer, issueId: 'SHOP-4', body: 'Fixed by renewing the key.', now: new Date() });
  const { suggestion } = await requestDraft({ viewer: reviewer, issueId: 'SHOP-4', now: new Date() });
  await acceptSuggestion({
    viewer: reviewer,
    id: suggestion?.id ?? '',
    patch: { root_cause: 'An expired key of the carrier', reason: '' },
    now: new Date(),
  });
  await getDb().fix.updateMany({ where: { issueNumber: 1 }, data: { verdict: 'held' } });
  const told = await score();
  expect(told).toMatchObject({
    precision: { accepted: 2, rejected: 1 },
    calibration: { decisions: 2 },
    first_suggestion: { issues: 3 },
    drafts: { made: 1, accepted: 1, edited: 1, rejected: 0, pending: 0 },
    coverage: { events: 7 },
  });
  expect(told.coverage.covered).toBeGreaterThan(0);
  expect(told.coverage.covered).toBeLessThan(7);
  expect(told.times).toHaveLength(told.coverage.trend.length);
  expect(told.drafts.made_trend.reduce((a, b) => a + b, 0)).toBe(1);
  expect(told.verdicts.map(({ origin, held, watching }) => [origin, held, watching])).toEqual([
    ['human', 1, 0],
    ['import', 0, 0],
    ['learned', 0, 1],
  ]);
  expect((await learningScore({ viewer: system, range: week(), project: 'elsewhere' })).precision.accepted).toBe(0);
});

it('lowers an entry that was rejected twice as the wrong cause, and says so', async () => {
  const before = await confidence();
  for (const n of [1, 2])
    await rejectSuggestion({ viewer: reviewer, id: await suggested(n), reason: 'wrong_cause', now: new Date() });
  const after = await confidence();
  expect(after?.confidence).toBeLessThan(before?.confidence ?? 0);
  expect(after?.score).toBeLessThan(before?.score ?? 0);
  expect(after?.evidence.find((part) => part.kind === 'feedback')).toMatchObject({
    matched: ['rejected twice as wrong cause'],
    points: expect.any(Number),
  });
});

it('forgets what a decision said when it is taken back', async () => {
  const before = await confidence();
  const id = await suggested(1);
  await rejectSuggestion({ viewer: reviewer, id, reason: 'wrong_cause', now: new Date() });
  await undoDecision({ viewer: reviewer, id, now: new Date() });
  expect(await confidence()).toEqual(before);
});

it('counts one voice a person: "this fixed it", then "it did not help", then nothing', async () => {
  const before = await confidence();
  const say = (helped: boolean | null) =>
    giveFeedback({ viewer: reviewer, issueId: 'SHOP-1', entry: pool, helped, now: new Date() });
  await say(true);
  const helped = await confidence();
  expect(helped?.evidence.at(-1)).toMatchObject({ kind: 'feedback', matched: ['fixed it once'] });
  await say(false);
  expect((await confidence())?.confidence).toBeLessThan(before?.confidence ?? 0);
  expect(await listOwnFeedback({ viewer: reviewer, issueId: 'SHOP-1' })).toEqual([{ entry: pool, helped: false }]);
  await say(null);
  expect(await confidence()).toEqual(before);
  await expect(
    giveFeedback({ viewer: reviewer, issueId: 'SHOP-1', entry: 'ERROR-999', helped: true, now: new Date() }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

it('learns how far its confidence is off, for every entry', async () => {
  const other = entryInputSchema.parse({
    title: 'Label refused',
    symptoms: 'LabelError: carrier refused',
    status: 'published',
  });
  await createEntry({ viewer: system, input: other, now: new Date() });
  const ask = () => matchError({ viewer: system, error: { error_message: 'LabelError: carrier refused' } });
  const before = await ask();
  for (const n of [1, 2, 3])
    await rejectSuggestion({ viewer: reviewer, id: await suggested(n), reason: 'not_useful', now: new Date() });
  expect((await learnCalibration()).shift).toBeLessThan(0);
  expect((await ask()).data[0]?.confidence).toBeLessThan(before.data[0]?.confidence ?? 0);
});
