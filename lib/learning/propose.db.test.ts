import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addComment } from '../issues/comment-issue.server';
import { makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { getEntry } from '../knowledge/get-entry.server';
import { listRevisions } from '../knowledge/list-revisions.server';
import { createEntry } from '../knowledge/save-entry.server';
import { updateSettings } from '../settings/settings.server';
import { HOUR_MS } from '../time';
import { acceptSuggestion } from './accept-suggestion.server';
import { editSuggestion } from './edit-suggestion.server';
import { runLearningPass, startPass } from './learning-pass.server';
import { getPass } from './list-passes.server';
import { listPatterns } from './list-patterns.server';
import { listIssueSuggestions } from './list-suggestions.server';
import { matchIssue } from './match-issue.server';
import { decideMerge, listMerges } from './merge-entries.server';
import { rejectSuggestion } from './reject-suggestion.server';

const database = useTestDatabase();
const system = systemViewer();
const now = new Date();
const POOL = 'PoolTimeout: no connection became free within 30 s (pool of 10)';
const FEATURES = ['type:PoolTimeout', 'word:connection', 'word:became', 'word:free', 'word:pool'];

let project: number;
let reviewer: Viewer;
let pool: string;

const entry = async (fields: object) =>
  (await createEntry({ viewer: system, input: entryInputSchema.parse({ status: 'published', ...fields }), now })).id;
const number = (id: string) => Number(id.slice(6));
async function issue(
  issueNumber: number,
  over: { title?: string; service?: string; features?: string[]; status?: string; events?: number } = {},
) {
  const { title = POOL, service = 'orders', features = FEATURES, status = 'ongoing', events = 2 } = over;
  const times = Array.from({ length: events }, (_, i) => new Date(now.getTime() - (i + 1) * HOUR_MS));
  await makeIssue({ projectId: project, number: issueNumber, title, service, status, times });
  await getPool().query('INSERT INTO issue_feature VALUES ($1, $2, $3)', [
    project,
    issueNumber,
    [`service:${service}`, ...features],
  ]);
}
const suggested = (n: number) => listIssueSuggestions({ viewer: system, issueId: `SHOP-${n}` });
const match = (issueNumber: number) => matchIssue({ projectId: project, issueNumber });
async function pass() {
  const { pass_id } = await startPass({ viewer: system, trigger: 'manual' });
  await runLearningPass({ passId: pass_id });
  return getPass({ viewer: system, passId: pass_id });
}
async function accept(n: number, by = pool) {
  await match(n);
  const found = (await suggested(n)).find((one) => one.entry?.id === by);
  return acceptSuggestion({ viewer: reviewer, id: found?.id ?? '0', now: new Date() });
}

beforeEach(async () => {
  await database.truncate();
  project = await makeProject('shop');
  reviewer = await makeMember('Rita', 'reviewer');
  pool = await entry({ title: 'Pool exhausted', symptoms: POOL, solutions: [{ title: '', steps: 'Close sessions.' }] });
  await entry({ title: 'Certificate expired', symptoms: 'CERT_HAS_EXPIRED: certificate has expired' });
});

describe('patterns', () => {
  it('are the same failure in several services', async () => {
    await issue(1);
    await issue(2, { service: 'billing' });
    await issue(3, { features: ['type:CertError', 'word:certificate', 'word:chain'] });
    const progress = await pass();
    expect(progress.progress.patterns).toBe(3);
    const { data } = await listPatterns({ viewer: system, page: { limit: 10 } });
    expect(data).toMatchObject([{ services: ['billing', 'orders'], issue_count: 2, open_count: 2, events: 4 }]);
    expect((await listPatterns({ viewer: system, services: 3, page: { limit: 10 } })).data).toEqual([]);
  });

  it('become one when an issue has the message of one and the frames of the other', async () => {
    const frames = ['frame:db/pool connect', 'frame:db/with run'];
    await issue(1);
    await issue(2, { features: ['type:PoolTimeout', ...frames] });
    await pass();
    expect(await getDb().pattern.count()).toBe(2);
    await issue(3, { service: 'billing', features: [...FEATURES, ...frames] });
    await match(3);
    expect(await getDb().pattern.count()).toBe(1);
    expect((await listPatterns({ viewer: system, page: { limit: 10 } })).data[0]?.issue_count).toBe(3);
  });

  it('carry the fix of one service to the first occurrence in another, and say so', async () => {
    await issue(1);
    await accept(1);
    await issue(2, { service: 'billing', title: 'PoolTimeout: geen verbinding vrij' });
    await match(2);
    const [found] = await suggested(2);
    expect(found?.entry?.id).toBe(pool);
    expect(found?.evidence.find((part) => part.kind === 'transfer')?.matched).toEqual([
      'fixed in orders (SHOP-1, watching)',
      'first time in billing',
    ]);
  });
});

describe('a pass', () => {
  it('drafts answers to frequent issues that nobody knows, and tells so', async () => {
    await issue(1, {
      title: 'LabelError: carrier refused the label',
      features: ['type:LabelError', 'word:carrier'],
      events: 12,
    });
    await addComment({ viewer: reviewer, issueId: 'SHOP-1', body: 'Fixed by renewing the carrier key.', now });
    expect((await pass()).progress).toMatchObject({ drafted: 1, stage: 'done' });
    expect((await suggested(1)).map((one) => one.kind)).toEqual(['draft']);
    expect((await pass()).progress).toMatchObject({ drafted: 0 });
  });

  it('proposes the new wording of a known error as a signature, once', async () => {
    await issue(1, { title: 'PoolTimeout: pool of 10 had no connection free for the exporter within 31 s' });
    await accept(1);
    expect((await pass()).progress.updates).toBe(1);
    expect((await pass()).progress.updates).toBe(0);
    const update = (await suggested(1)).find((one) => one.kind === 'update');
    expect(update?.draft?.signatures).toHaveLength(1);
    await getDb().entry.update({ where: { id: number(pool) }, data: { version: 2 } });
    await acceptSuggestion({ viewer: reviewer, id: update?.id ?? '', now });
    const after = await getEntry({ viewer: system, id: pool, now });
    expect(after.signatures).toHaveLength(1);
    expect(await getDb().fix.count()).toBe(1);
  });

  it('has its update accepted under four eyes as words of its own, but nobody accepts words they put in', async () => {
    await issue(1, { title: 'PoolTimeout: pool of 10 had no connection free for the exporter within 31 s' });
    await accept(1);
    await pass();
    const id = (await suggested(1)).find((one) => one.kind === 'update')?.id ?? '';
    await updateSettings({ viewer: system, changes: { four_eyes: true } });
    const patch = { title: 'Pool runs dry', reason: '' };
    await expect(acceptSuggestion({ viewer: reviewer, id, patch, now })).rejects.toMatchObject({ code: 'conflict' });
    await acceptSuggestion({ viewer: reviewer, id, now });
    const after = await getEntry({ viewer: system, id: pool, now });
    expect([after.status, after.title, after.signatures.length]).toEqual(['published', 'Pool exhausted', 1]);
    const { data: revisions } = await listRevisions({ viewer: system, id: pool, query: { limit: 10 } });
    expect(revisions.slice(0, 2).map(({ action, author }) => [action, author])).toEqual([
      ['published', 'Rita'],
      ['learned', 'Errata'],
    ]);
  });

  it('lets another reviewer accept what one put into the update', async () => {
    await issue(1, { title: 'PoolTimeout: pool of 10 had no connection free for the exporter within 31 s' });
    await accept(1);
    await pass();
    const id = (await suggested(1)).find((one) => one.kind === 'update')?.id ?? '';
    await updateSettings({ viewer: system, changes: { four_eyes: true } });
    await editSuggestion({ viewer: reviewer, id, patch: { draft: { title: 'Pool runs dry', reason: '' } } });
    await expect(acceptSuggestion({ viewer: reviewer, id, now })).rejects.toMatchObject({ code: 'conflict' });
    await acceptSuggestion({ viewer: await makeMember('Sam', 'reviewer'), id, now });
    expect((await getEntry({ viewer: system, id: pool, now })).status).toBe('published');
  });

  it('proposes a cure that somebody wrote under a resolved issue, and never again once rejected', async () => {
    await issue(1);
    await accept(1);
    await getDb().issue.updateMany({ data: { status: 'resolved', resolvedAt: now } });
    await addComment({
      viewer: reviewer,
      issueId: 'SHOP-1',
      body: 'Raised the pool to 20 connections.',
      now: new Date(),
    });
    expect((await pass()).progress.updates).toBe(1);
    const update = (await suggested(1)).find((one) => one.kind === 'update');
    expect(update?.draft?.solutions.map((one) => one.steps)).toEqual([
      'Close sessions.',
      'Raised the pool to 20 connections.',
    ]);
    expect(update?.citations[0]).toMatchObject({ kind: 'comment', quote: 'Raised the pool to 20 connections.' });
    await rejectSuggestion({ viewer: reviewer, id: update?.id ?? '', reason: 'not_useful', now });
    expect((await pass()).progress.updates).toBe(0);
  });

  it('proposes to merge entries that say the same; merging keeps what only one says', async () => {
    const twin = await entry({
      title: 'Pool exhausted again',
      symptoms: POOL,
      root_cause: 'A leak',
      solutions: [{ title: '', steps: 'Restart.' }],
    });
    expect((await pass()).progress.merges).toBe(1);
    const [merge] = await listMerges({ viewer: system, status: 'pending' });
    expect(merge).toMatchObject({ keep: { id: pool }, drop: { id: twin } });
    await issue(1);
    await accept(1, twin);
    await decideMerge({ viewer: reviewer, id: merge?.id ?? '', accept: true, now });
    const kept = await getEntry({ viewer: system, id: pool, now });
    expect(kept).toMatchObject({
      root_cause: 'A leak',
      solutions: [{ steps: 'Close sessions.' }, { steps: 'Restart.' }],
    });
    expect((await getEntry({ viewer: system, id: twin, now })).status).toBe('retired');
    expect((await getDb().issue.findFirstOrThrow()).knownEntryId).toBe(number(pool));
    await expect(decideMerge({ viewer: reviewer, id: merge?.id ?? '', accept: true, now })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('does not propose a pair again that somebody wants apart', async () => {
    const twin = await entry({ title: 'Pool exhausted again', symptoms: POOL });
    await pass();
    const [merge] = await listMerges({ viewer: system, status: 'pending' });
    await decideMerge({ viewer: reviewer, id: merge?.id ?? '', accept: false, now });
    await getDb().entry.update({ where: { id: number(twin) }, data: { updatedAt: new Date() } });
    expect((await pass()).progress.merges).toBe(0);
    expect(await listMerges({ viewer: system, status: 'pending' })).toEqual([]);
  });
});
