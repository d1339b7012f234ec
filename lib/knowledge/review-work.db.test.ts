import { beforeEach, describe, expect, it } from 'vitest';
import { userViewer, type Viewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { listNotifications, markRead, setNotificationPreferences } from '../notifications/list-notifications.server';
import { notificationPreferencesSchema } from '../notifications/notification-schema';
import { updateSettings } from '../settings/settings.server';
import { blameEntry } from './blame-entry.server';
import { changePrevention } from './change-prevention.server';
import { changeStatus } from './change-status.server';
import { deleteDraft, getDraft, putDraft } from './entry-drafts.server';
import { addImage, readImage } from './entry-images.server';
import { entryInputSchema, entryListQuerySchema, entryPatchSchema } from './entry-input-schema';
import { listEntries } from './list-entries.server';
import { listPrevention } from './list-prevention.server';
import { notifyRecurrence } from './notify-recurrence.server';
import { preventionQuerySchema } from './prevention-schema';
import { addReviewComment, listThreads, resolveThread } from './review-comments.server';
import { createEntry, updateEntry } from './save-entry.server';
import { setOwner } from './set-owner.server';

const database = useTestDatabase();
const now = new Date('2024-06-01T12:00:00Z');
const member = (n: number, name: string, role: 'engineer' | 'reviewer' | 'admin') =>
  userViewer({ id: `00000000-0000-4000-8000-00000000000${n}`, name, email: `${name.toLowerCase()}@errata.test`, role });
const ann = member(1, 'Ann', 'engineer');
const bob = member(2, 'Bob', 'reviewer');
const eve = member(3, 'Eve', 'admin');

const create = (fields: object = {}) =>
  createEntry({ viewer: ann, input: entryInputSchema.parse({ title: 'Pool exhausted', ...fields }), now });
const act = (viewer: Viewer, id: string, action: 'submit' | 'publish' | 'reject', reason = '') =>
  changeStatus({ viewer, id, action, reason, now });
const inbox = async (viewer: Viewer) => {
  const { data, unread } = await listNotifications({ viewer, query: { limit: 50 } });
  return { unread, kinds: data.map(({ kind }) => kind), data };
};

beforeEach(async () => {
  await database.truncate();
  for (const one of [ann, bob, eve])
    await getDb().user.create({
      data: { id: one.id as string, name: one.name, email: one.email as string, role: one.role as string },
    });
});

describe('a review', () => {
  it('tells reviewers what waits, the writer what is asked and what was published', async () => {
    const { id } = await create();
    await act(ann, id, 'submit');
    expect((await inbox(bob)).kinds).toEqual(['review_requested']);
    expect((await inbox(ann)).kinds).toEqual([]);
    await act(bob, id, 'reject', 'Say why it leaks');
    await act(ann, id, 'submit');
    await act(bob, id, 'publish');
    const { kinds, data } = await inbox(ann);
    expect(kinds).toEqual(['entry_published', 'changes_requested']);
    expect(data[1]).toMatchObject({ detail: 'Say why it leaks', href: `/knowledge/${id}#review`, read: false });
  });

  it('holds threads on fields that are answered, settled, and opened again by an answer', async () => {
    const { id } = await create({ symptoms: 'It hangs' });
    const [thread] = await addReviewComment({
      viewer: bob,
      id,
      input: { body: 'Which pool?', field: 'symptoms' },
      now,
    });
    const threadId = thread?.id as string;
    expect((await inbox(ann)).data[0]?.title).toBe(`Bob commented on the symptoms of ${id}`);
    await resolveThread({ viewer: ann, id, threadId, resolved: true, now });
    expect((await listThreads({ viewer: ann, id }))[0]).toMatchObject({ field: 'symptoms', resolved_by: 'Ann' });
    const [again] = await addReviewComment({
      viewer: ann,
      id,
      input: { body: 'The one of @eve', thread: threadId },
      now,
    });
    expect(again).toMatchObject({ resolved_at: null, comments: [{ author: 'Bob' }, { author: 'Ann' }] });
    expect((await inbox(eve)).kinds).toEqual(['mention']);
    expect((await inbox(bob)).kinds).toEqual(['changes_requested']);
  });

  it('keeps the only writer from approving under four eyes, also by way of ticking an item off', async () => {
    await updateSettings({ viewer: eve, changes: { four_eyes: true } });
    const { id } = await create({ prevention: [{ text: 'Lint' }] });
    await updateEntry({ viewer: bob, id, patch: entryPatchSchema.parse({ symptoms: 'by Bob' }), now });
    await changePrevention({ viewer: ann, id, n: 0, patch: { text: 'Lint', done: true }, now });
    await expect(act(bob, id, 'publish')).rejects.toThrow('only one to approve');
    expect((await act(eve, id, 'publish')).status).toBe('published');
  });
});

describe('notifications', () => {
  it('are read one by one or all at once, and never those of others', async () => {
    const { id } = await create();
    await act(ann, id, 'submit');
    const { data } = await inbox(bob);
    await markRead({ viewer: ann, ids: data.map((one) => one.id), now });
    expect((await inbox(bob)).unread).toBe(1);
    expect(await markRead({ viewer: bob, now })).toEqual({ unread: 0 });
  });

  it('of a kind that a member does not want are not made', async () => {
    const preferences = { ...notificationPreferencesSchema.parse({}), review_requested: false };
    await setNotificationPreferences({ viewer: bob, preferences });
    const { id } = await create();
    await act(ann, id, 'submit');
    expect((await inbox(bob)).kinds).toEqual([]);
    expect((await inbox(eve)).kinds).toEqual(['review_requested']);
  });

  it('of a recurrence name what was not done against it, once', async () => {
    const { id } = await create({ prevention: [{ text: 'Lint', done: true }, { text: 'Alert on the pool' }] });
    const project = await getDb().project.create({ data: { slug: 'api', name: 'API', prefix: 'API' } });
    await getDb().issue.create({
      data: {
        ...{ projectId: project.id, number: 7, title: 'E', level: 'error', service: 's', environment: 'e' },
        ...{ firstSeen: now, lastSeen: now, statusChangedAt: now },
      },
    });
    await getDb().fix.create({
      data: {
        ...{ projectId: project.id, issueNumber: 7, entryId: Number(id.slice(6)), appliedAt: now, appliedName: 'Bob' },
        ...{ verdict: 'recurred', verdictAt: now, baselineRate: 1, issueFirstSeen: now },
      },
    });
    for (let i = 0; i < 2; i++) await notifyRecurrence({ projectId: project.id, issueNumber: 7 });
    expect((await inbox(ann)).data).toMatchObject([
      { kind: 'fix_recurred', detail: 'Not done yet: Alert on the pool', href: '/issues/API-7' },
    ]);
  });
});

describe('prevention', () => {
  it('is ticked off as a revision that leaves the entry published', async () => {
    const { id } = await create({ prevention: [{ text: 'Lint' }, { text: 'Test', owner: 'Ann', due: '2024-05-01' }] });
    await act(bob, id, 'publish');
    const entry = await changePrevention({ viewer: ann, id, n: 0, patch: { text: 'Lint', done: true }, now });
    expect(entry).toMatchObject({ status: 'published', version: 3, prevention: [{ done: true }, { done: false }] });
    const { data, totals } = await listPrevention({ viewer: ann, query: preventionQuerySchema.parse({}), now });
    expect(data).toMatchObject([{ n: 1, text: 'Test', owner: 'Ann', due: '2024-05-01', overdue: true, entry: { id } }]);
    expect(totals).toMatchObject({ open: 1, overdue: 1, done: 1, owners: [{ owner: 'Ann', open: 1, overdue: 1 }] });
  });

  it('notices that the list was changed meanwhile', async () => {
    const { id } = await create({ prevention: [{ text: 'Lint' }] });
    await expect(
      changePrevention({ viewer: ann, id, n: 0, patch: { text: 'Another', done: true }, now }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
  });

  it('comes page by page, those without a date last', async () => {
    await create({ prevention: [{ text: 'a' }, { text: 'b', due: '2025-01-01' }, { text: 'c', due: '2024-01-01' }] });
    const texts: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listPrevention({ viewer: ann, query: { status: 'open', limit: 1, cursor }, now });
      texts.push(...page.data.map(({ text }) => text));
      cursor = page.next_cursor;
    }
    expect(texts).toEqual(['c', 'b', 'a']);
  });
});

describe('unsaved words', () => {
  const draft = { version: 1, content: { title: '', symptoms: 'half a sen' } };
  it('are kept for each member alone until thrown away', async () => {
    await putDraft({ viewer: ann, entryKey: 'new', draft, now });
    expect(await getDraft({ viewer: ann, entryKey: 'new' })).toEqual({ ...draft, saved_at: now.toISOString() });
    expect(await getDraft({ viewer: bob, entryKey: 'new' })).toBeNull();
    await deleteDraft({ viewer: ann, entryKey: 'new' });
    expect(await getDraft({ viewer: ann, entryKey: 'new' })).toBeNull();
  });
});

describe('pictures', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 1]);
  it('come back byte for byte under the hash of their bytes', async () => {
    const { url } = await addImage({ viewer: ann, bytes: png, now });
    expect((await addImage({ viewer: bob, bytes: png, now })).url).toBe(url);
    const image = await readImage({ viewer: bob, name: url.split('/').at(-1) as string });
    expect([image.contentType, [...image.bytes]]).toEqual(['image/png', [...png]]);
  });
  it('are refused when they are something else', async () => {
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await expect(addImage({ viewer: ann, bytes, now })).rejects.toMatchObject({ code: 'unsupported_media_type' });
  });
});

it('an entry has an owner, by whom lists are filtered', async () => {
  const { id } = await create();
  await create({ title: 'Another' });
  expect((await setOwner({ viewer: ann, id, owner: 'bob@errata.test', now })).owner?.name).toBe('Bob');
  const mine = async (viewer: Viewer) =>
    (await listEntries({ viewer, query: entryListQuerySchema.parse({ owner: 'me' }), now })).data.map((one) => one.id);
  expect([await mine(bob), await mine(ann)]).toEqual([[id], []]);
});

it('blame names the revision of each field', async () => {
  const { id } = await create({ symptoms: 'a' });
  await updateEntry({ viewer: bob, id, patch: entryPatchSchema.parse({ root_cause: 'b', reason: 'found' }), now });
  const { fields } = await blameEntry({ viewer: ann, id });
  expect(fields.map(({ field, revision }) => [field, revision.version, revision.author])).toEqual([
    ['title', 1, 'Ann'],
    ['symptoms', 1, 'Ann'],
    ['root_cause', 2, 'Bob'],
  ]);
});
