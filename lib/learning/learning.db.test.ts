import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addEvent, makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { changeStatus } from '../knowledge/change-status.server';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { getEntry } from '../knowledge/get-entry.server';
import { createEntry } from '../knowledge/save-entry.server';
import { updateSettings } from '../settings/settings.server';
import { DAY_MS, HOUR_MS } from '../time';
import { acceptSuggestion } from './accept-suggestion.server';
import { editSuggestion } from './edit-suggestion.server';
import { runLearningPass, startPass, startPassWhenNews } from './learning-pass.server';
import { suggestionFilterSchema } from './learning-schema';
import { getPass } from './list-passes.server';
import { listIssueSuggestions, listSuggestions } from './list-suggestions.server';
import { matchIssue } from './match-issue.server';
import { refreshVerdicts } from './refresh-verdicts.server';
import { rejectSuggestion } from './reject-suggestion.server';
import { rematchEntries } from './rematch-entries.server';
import { undoDecision } from './undo-decision.server';

const database = useTestDatabase();
const system = systemViewer();
const POOL = 'PoolTimeout: no connection became free within 30 s (pool of 10)';

let project: number;
let reviewer: Viewer;
let pool: string;

const ago = (ms: number) => new Date(Date.now() - ms);
const entry = async (fields: object, viewer = system) =>
  (await createEntry({ viewer, input: entryInputSchema.parse({ status: 'published', ...fields }), now: new Date() }))
    .id;
const issue = (number: number, title = POOL, times = [ago(2 * HOUR_MS), ago(HOUR_MS)]) =>
  makeIssue({ projectId: project, number, title, times, status: 'new', release: '1.0.0' });
const match = (issueNumber: number) => matchIssue({ projectId: project, issueNumber });
const suggested = async (number: number) => listIssueSuggestions({ viewer: system, issueId: `SHOP-${number}` });
const queue = async (filter: object = {}, limit = 50, cursor?: string) =>
  listSuggestions({ viewer: system, filter: suggestionFilterSchema.parse(filter), page: { limit, cursor } });
const first = async (number: number) => {
  const [suggestion] = await suggested(number);
  if (!suggestion) throw new Error('nothing was suggested');
  return suggestion;
};
const issueRow = (number: number) =>
  getDb().issue.findUniqueOrThrow({ where: { projectId_number: { projectId: project, number } } });
const points = async (number: number) =>
  (
    await getDb().turningPoint.findMany({ where: { projectId: project, issueNumber: number }, orderBy: { id: 'asc' } })
  ).map((point) => point.kind);

beforeEach(async () => {
  await database.truncate();
  project = await makeProject('shop');
  reviewer = await makeMember('Rita', 'reviewer');
  pool = await entry({ title: 'Pool exhausted', symptoms: POOL, solutions: [{ title: '', steps: 'Close sessions.' }] });
  await entry({ title: 'Certificate expired', symptoms: 'CERT_HAS_EXPIRED: certificate has expired' });
});

describe('matching an issue', () => {
  it('makes a waiting suggestion with its evidence', async () => {
    await issue(1);
    await match(1);
    const all = await suggested(1);
    expect(all.map((s) => [s.entry?.id, s.status])).toEqual([[pool, 'pending']]);
    expect(all[0]?.confidence).toBeGreaterThan(0.5);
    expect(all[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('suggests nothing where nothing is known', async () => {
    await issue(1, 'Segfault: 0x7f in libfoo');
    await match(1);
    expect(await suggested(1)).toEqual([]);
  });

  it('does not repeat itself, nor propose a rejected pair again', async () => {
    await issue(1);
    await match(1);
    await match(1);
    const { id } = await first(1);
    await rejectSuggestion({ viewer: reviewer, id, reason: 'wrong_cause', note: 'Another pool', now: new Date() });
    await match(1);
    expect((await suggested(1)).map((s) => [s.id, s.status, s.reason])).toEqual([[id, 'rejected', 'wrong_cause']]);
  });

  it('supersedes what no longer holds and brings it back when it does', async () => {
    await issue(1);
    await match(1);
    await changeStatus({ viewer: system, id: pool, action: 'retire', now: new Date() });
    await rematchEntries({ entryIds: [Number(pool.slice(6))] });
    expect(await suggested(1)).toEqual([]);
    await changeStatus({ viewer: system, id: pool, action: 'publish', now: new Date() });
    await rematchEntries({ entryIds: [Number(pool.slice(6))] });
    expect((await first(1)).status).toBe('pending');
  });

  it('finds the open issues that a new entry explains', async () => {
    const message = 'QueueStalled: consumer invoice-mailer stopped reading';
    await issue(1, message);
    await match(1);
    expect(await suggested(1)).toEqual([]);
    const id = await entry({ title: 'Mailer consumer stalls', symptoms: message });
    await rematchEntries({ entryIds: [Number(id.slice(6))] });
    expect((await first(1)).entry?.id).toBe(id);
  });

  it('leaves resolved issues alone', async () => {
    await makeIssue({ projectId: project, number: 1, title: POOL, times: [ago(HOUR_MS)], status: 'resolved' });
    await match(1);
    expect(await suggested(1)).toEqual([]);
  });
});

describe('accepting', () => {
  it('links the entry, starts watching with the rate before, and leaves a turning point and an audit line', async () => {
    await issue(
      1,
      POOL,
      Array.from({ length: 48 }, (_, i) => ago((i + 1) * HOUR_MS)),
    );
    await match(1);
    const { id, confidence } = await first(1);
    const accepted = await acceptSuggestion({ viewer: reviewer, id, now: new Date() });
    expect(accepted).toMatchObject({
      status: 'accepted',
      decided_by: 'Rita',
      entry: { track_record: { watching: 1 } },
    });
    expect(await issueRow(1)).toMatchObject({ knownEntryId: Number(pool.slice(6)), knownConfidence: confidence });
    const fix = await getDb().fix.findFirstOrThrow();
    expect(fix).toMatchObject({ verdict: 'watching', release: '1.0.0', appliedName: 'Rita' });
    expect(fix.baselineRate).toBeCloseTo(1, 1);
    expect(await points(1)).toContain('suggestion_accepted');
    expect(await getDb().auditLog.count({ where: { action: 'suggestion.accept' } })).toBe(1);
  });

  it('happens once when two reviewers press at the same time', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => acceptSuggestion({ viewer: reviewer, id, now: new Date() })),
    );
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((o) => o.status === 'rejected')).toMatchObject({ reason: { code: 'conflict', status: 409 } });
    expect(await getDb().fix.count()).toBe(1);
  });

  it('saves edited words as a revision of the entry first', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    await editSuggestion({ viewer: reviewer, id, patch: { draft: { root_cause: 'A leak', reason: '' } } });
    await acceptSuggestion({ viewer: reviewer, id, patch: { title: 'Pool runs dry', reason: '' }, now: new Date() });
    const after = await getEntry({ viewer: system, id: pool, now: new Date() });
    expect(after).toMatchObject({ title: 'Pool runs dry', root_cause: 'A leak', version: 2, status: 'published' });
  });

  it('publishes a draft entry, but nobody approves their own words where four eyes are asked for', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    await updateSettings({ viewer: system, changes: { four_eyes: true } });
    const edit = { title: 'My words', reason: '' };
    await expect(acceptSuggestion({ viewer: reviewer, id, patch: edit, now: new Date() })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await first(1)).status).toBe('pending');
    const rows = await getDb().entry.findMany({ where: { title: 'My words' } });
    expect(rows).toEqual([]);
    await getDb().entry.update({ where: { id: Number(pool.slice(6)) }, data: { status: 'draft' } });
    await acceptSuggestion({ viewer: reviewer, id, now: new Date() });
    expect((await getEntry({ viewer: system, id: pool, now: new Date() })).status).toBe('published');
  });

  it('makes an entry of a draft that has none', async () => {
    await issue(1);
    const { id } = await getDb().suggestion.create({
      data: {
        projectId: project,
        issueNumber: 1,
        kind: 'draft',
        draft: { title: 'Learned from three services', root_cause: 'Clock skew' },
        score: 0.5,
        confidence: 0.6,
      },
    });
    const accepted = await acceptSuggestion({ viewer: reviewer, id: String(id), now: new Date() });
    const made = await getEntry({ viewer: system, id: accepted.entry?.id ?? '', now: new Date() });
    expect(made).toMatchObject({ origin: 'learned', status: 'published', root_cause: 'Clock skew' });
  });

  it('refuses a retired entry and whoever may not review', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    const engineer = await makeMember('Erin', 'engineer');
    await expect(acceptSuggestion({ viewer: engineer, id, now: new Date() })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await getDb().entry.update({ where: { id: Number(pool.slice(6)) }, data: { status: 'retired' } });
    await expect(acceptSuggestion({ viewer: reviewer, id, now: new Date() })).rejects.toThrow(/retired/);
  });
});

describe('undoing', () => {
  it('takes an acceptance back with all that came of it', async () => {
    await entry({ title: 'Pool too small', symptoms: `${POOL}\nPoolTimeout` });
    await issue(1);
    await match(1);
    const before = await suggested(1);
    const { id } = await first(1);
    await acceptSuggestion({ viewer: reviewer, id, now: new Date() });
    await undoDecision({ viewer: reviewer, id, now: new Date() });
    expect((await suggested(1)).map((s) => [s.id, s.status])).toEqual(before.map((s) => [s.id, 'pending']));
    expect(await issueRow(1)).toMatchObject({ knownEntryId: null, knownConfidence: null });
    expect(await getDb().fix.count()).toBe(0);
    expect(await points(1)).toEqual(['suggestion_accepted', 'undone']);
  });

  it('does not take back an acceptance whose fix has its verdict', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    await acceptSuggestion({ viewer: reviewer, id, now: new Date() });
    await getDb().fix.updateMany({ data: { verdict: 'held' } });
    await expect(undoDecision({ viewer: reviewer, id, now: new Date() })).rejects.toMatchObject({ code: 'conflict' });
    expect((await first(1)).status).toBe('accepted');
  });

  it('lets a rejected suggestion wait again', async () => {
    await issue(1);
    await match(1);
    const { id } = await first(1);
    await rejectSuggestion({ viewer: reviewer, id, reason: 'outdated', now: new Date() });
    await undoDecision({ viewer: reviewer, id, now: new Date() });
    expect(await first(1)).toMatchObject({ id, status: 'pending', reason: null, decided_by: null });
  });
});

describe('the queue', () => {
  it('puts the busiest issue first and pages through without loss', async () => {
    await issue(1);
    await issue(
      2,
      POOL,
      Array.from({ length: 9 }, (_, i) => ago((i + 1) * HOUR_MS)),
    );
    await issue(3, POOL, [ago(1000)]);
    for (const number of [1, 2, 3]) await match(number);
    expect((await queue()).data.map((s) => s.issue.id)).toEqual(['SHOP-2', 'SHOP-1', 'SHOP-3']);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await queue({}, 1, cursor);
      seen.push(...page.data.map((s) => s.issue.id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['SHOP-2', 'SHOP-1', 'SHOP-3']);
  });

  it('lists what was decided, latest first', async () => {
    await issue(1);
    await issue(2);
    for (const number of [1, 2]) await match(number);
    await rejectSuggestion({ viewer: reviewer, id: (await first(1)).id, reason: 'unsafe', now: ago(1000) });
    await acceptSuggestion({ viewer: reviewer, id: (await first(2)).id, now: new Date() });
    expect((await queue({ status: 'decided' })).data.map((s) => s.status)).toEqual(['accepted', 'rejected']);
    expect((await queue({ status: 'decided' }, 1)).next_cursor).not.toBeNull();
    expect((await queue({ project: 'elsewhere' })).data).toEqual([]);
  });
});

describe('verdicts', () => {
  async function watched(number: number, over: { appliedAt: Date; rate: number; resolved?: boolean; last?: Date }) {
    const { appliedAt, rate } = over;
    const times = Array.from({ length: 24 }, (_, i) => new Date(appliedAt.getTime() - (i + 1) * HOUR_MS));
    const { hash } = await makeIssue({
      projectId: project,
      number,
      title: POOL,
      times,
      status: over.resolved ? 'resolved' : 'ongoing',
    });
    if (over.last) await addEvent({ projectId: project, number }, hash, over.last);
    await getDb().fix.create({
      data: {
        projectId: project,
        issueNumber: number,
        entryId: Number(pool.slice(6)),
        appliedAt,
        appliedName: 'Rita',
        baselineRate: rate,
        issueFirstSeen: times.at(-1) as Date,
        resolvedAt: over.resolved ? appliedAt : null,
      },
    });
  }
  const verdicts = async () =>
    (await getDb().fix.findMany({ orderBy: { issueNumber: 'asc' } })).map((fix) => fix.verdict);

  it('are given when the time has come, once, with a turning point', async () => {
    await watched(1, { appliedAt: ago(2 * DAY_MS), rate: 1, resolved: true });
    await watched(2, { appliedAt: ago(20 * HOUR_MS), rate: 10, resolved: true });
    await watched(3, { appliedAt: ago(31 * DAY_MS), rate: 0.0001, resolved: true });
    await watched(4, { appliedAt: ago(3 * DAY_MS), rate: 1, last: ago(HOUR_MS) });
    expect(await refreshVerdicts(new Date())).toBe(2);
    expect(await verdicts()).toEqual(['held', 'watching', 'inconclusive', 'watching']);
    expect(await points(1)).toEqual(['fix_held']);
    expect(await refreshVerdicts(new Date())).toBe(0);
  });
});

describe('a learning pass', () => {
  it('matches what is new, decides verdicts and tells how far it is', async () => {
    await issue(1);
    await issue(2, 'CERT_HAS_EXPIRED: certificate has expired');
    const { pass_id } = await startPass({ viewer: system, trigger: 'manual' });
    expect(await startPass({ viewer: system, trigger: 'api' })).toEqual({ pass_id });
    await runLearningPass({ passId: pass_id });
    const pass = await getPass({ viewer: system, passId: pass_id });
    expect(pass).toMatchObject({ status: 'done', progress: { stage: 'done', matched: 2, suggested: 2 } });
    expect((await queue()).data).toHaveLength(2);
    await runLearningPass({ passId: pass_id });
    expect((await getPass({ viewer: system, passId: pass_id })).finished_at).toBe(pass.finished_at);
  });

  it('waits while another one runs', async () => {
    const other = await getPool().connect();
    const { pass_id } = await startPass({ viewer: system, trigger: 'manual' });
    try {
      await other.query('SELECT pg_advisory_lock($1)', [0x0e44a7a]);
      await runLearningPass({ passId: pass_id });
      expect((await getPass({ viewer: system, passId: pass_id })).status).toBe('queued');
    } finally {
      await other.query('SELECT pg_advisory_unlock_all()');
      other.release();
    }
    await runLearningPass({ passId: pass_id });
    expect((await getPass({ viewer: system, passId: pass_id })).status).toBe('done');
  });

  it('starts by itself only when there is news', async () => {
    const passes = () => getDb().learningPass.count();
    await startPassWhenNews();
    expect(await passes()).toBe(1);
    const { id } = await getDb().learningPass.findFirstOrThrow();
    await runLearningPass({ passId: String(id) });
    await startPassWhenNews();
    expect(await passes()).toBe(1);
    await issue(7, POOL, [new Date(Date.now() + 1000)]);
    await startPassWhenNews();
    expect(await passes()).toBe(2);
  });
});
