import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addComment } from '../issues/comment-issue.server';
import { makeIssue, makeMember, makeProject } from '../issues/issue-fixture';
import { getEntry } from '../knowledge/get-entry.server';
import { updateSettings } from '../settings/settings.server';
import { HOUR_MS } from '../time';
import { acceptSuggestion } from './accept-suggestion.server';
import { draftIssue } from './draft-issue.server';
import { editSuggestion } from './edit-suggestion.server';
import { listIssueSuggestions } from './list-suggestions.server';
import { rejectSuggestion } from './reject-suggestion.server';
import { requestDraft } from './request-draft.server';

const database = useTestDatabase();
const system = systemViewer();
const now = new Date();
const TITLE = 'LabelPrinterError: carrier refused label 8812';

let project: number;
let reviewer: Viewer;
const key = (issueNumber: number) => ({ projectId: project, issueNumber });
const comment = (number: number, body: string) =>
  addComment({ viewer: reviewer, issueId: `SHOP-${number}`, body, now });
const suggested = () => listIssueSuggestions({ viewer: system, issueId: 'SHOP-1' });

beforeEach(async () => {
  await database.truncate();
  project = await makeProject('shop');
  reviewer = await makeMember('Rita', 'reviewer');
  await makeIssue({
    projectId: project,
    number: 1,
    title: TITLE,
    times: [new Date(now.getTime() - HOUR_MS)],
    release: '2.0.0',
  });
});

describe('a draft without a language model', () => {
  it('is not made where nobody said anything', async () => {
    const answer = await requestDraft({ viewer: reviewer, issueId: 'SHOP-1', now });
    expect(answer).toEqual({ suggestion: null, why: expect.stringContaining('cause') });
    expect(await suggested()).toEqual([]);
  });

  it('quotes the comments, with a source for each sentence', async () => {
    await comment(1, 'Turned out the carrier key had expired. Renewed it in the vault.');
    await draftIssue({ issue: key(1), now });
    const [draft] = await suggested();
    expect(draft).toMatchObject({ kind: 'draft', status: 'pending', author: 'rules', entry: null });
    expect(draft?.draft?.root_cause).toBe('Turned out the carrier key had expired.');
    const cited = draft?.citations.filter((citation) => citation.kind === 'comment');
    expect(cited?.map((citation) => citation.quote)).toEqual([
      'Turned out the carrier key had expired.',
      'Renewed it in the vault.',
    ]);
    expect(cited?.[0]?.url).toMatch(/^\/issues\/SHOP-1#c\d+$/);
  });

  it('learns from another service of the same pattern', async () => {
    await makeIssue({
      projectId: project,
      number: 2,
      title: TITLE,
      service: 'returns',
      status: 'resolved',
      times: [now],
    });
    const pattern = await getDb().pattern.create({ data: { title: TITLE, createdAt: now, updatedAt: now } });
    for (const issueNumber of [1, 2])
      await getDb().patternIssue.create({ data: { ...key(issueNumber), patternId: pattern.id } });
    await comment(2, 'Fixed by renewing the carrier key.');
    await draftIssue({ issue: key(1), now });
    const [draft] = await suggested();
    expect(draft?.draft?.solutions).toEqual([
      { title: 'As Rita did for SHOP-2', steps: 'Fixed by renewing the carrier key.' },
    ]);
    expect(draft?.draft?.symptoms).toContain('2 issues of `api`, `returns`');
  });

  it('is written anew when there is more evidence, but not over the words of a reviewer', async () => {
    await comment(1, 'Renewed the key.');
    const first = await draftIssue({ issue: key(1), now });
    expect(await draftIssue({ issue: key(1), now })).toMatchObject({ outcome: 'unchanged' });
    await comment(1, 'It was caused by an expired key.');
    expect(await draftIssue({ issue: key(1), now })).toMatchObject({ ...first, outcome: 'drafted' });
    const [draft] = await suggested();
    await editSuggestion({ viewer: reviewer, id: draft?.id ?? '', patch: { draft: { title: 'Mine', reason: '' } } });
    await comment(1, 'Fixed for good by rotating keys.');
    expect(await draftIssue({ issue: key(1), now })).toMatchObject({ outcome: 'unchanged' });
    expect((await suggested())[0]?.draft?.title).toBe('Mine');
  });

  it('becomes a learned entry when accepted, with how much was changed', async () => {
    await comment(1, 'Renewed the carrier key.');
    const { suggestion } = await requestDraft({ viewer: reviewer, issueId: 'SHOP-1', now });
    const accepted = await acceptSuggestion({
      viewer: reviewer,
      id: suggestion?.id ?? '',
      patch: { root_cause: 'The key of the carrier is only valid for a year', reason: '' },
      now,
    });
    expect(accepted.edit_distance).toBeGreaterThan(0);
    expect(accepted.edit_distance).toBeLessThan(0.5);
    const entry = await getEntry({ viewer: system, id: accepted.entry?.id ?? '', now });
    expect(entry).toMatchObject({ origin: 'learned', status: 'published', component: 'api' });
  });

  it('does not come again once rejected', async () => {
    await comment(1, 'Renewed the carrier key.');
    const { suggestion } = await requestDraft({ viewer: reviewer, issueId: 'SHOP-1', now });
    await rejectSuggestion({ viewer: reviewer, id: suggestion?.id ?? '', reason: 'not_useful', now });
    await comment(1, 'It was caused by an expired key.');
    const again = await requestDraft({ viewer: reviewer, issueId: 'SHOP-1', now });
    expect(again).toMatchObject({ suggestion: null, why: expect.stringContaining('rejected') });
  });

  it('is for those who may write', async () => {
    const viewer = await makeMember('Vera', 'viewer');
    await expect(requestDraft({ viewer, issueId: 'SHOP-1', now })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('four eyes', () => {
  it('lets nobody accept a draft in words of their own, and another reviewer does', async () => {
    await comment(1, 'Turned out the carrier key had expired. Renewed it in the vault.');
    await draftIssue({ issue: key(1), now });
    const id = (await suggested())[0]?.id ?? '';
    await updateSettings({ viewer: system, changes: { four_eyes: true } });
    await editSuggestion({ viewer: reviewer, id, patch: { draft: { title: 'The carrier key expires', reason: '' } } });
    await expect(acceptSuggestion({ viewer: reviewer, id, now })).rejects.toMatchObject({ code: 'conflict' });
    const other = await makeMember('Sam', 'reviewer');
    await expect(acceptSuggestion({ viewer: other, id, now })).resolves.toMatchObject({ status: 'accepted' });
  });
});
