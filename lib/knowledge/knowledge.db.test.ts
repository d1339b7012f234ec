import { beforeEach, describe, expect, it } from 'vitest';
import { userViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { changeStatus } from './change-status.server';
import { deleteEntry } from './delete-entry.server';
import { entryFacets } from './entry-facets.server';
import { entryFilterSchema, entryInputSchema, entryListQuerySchema, entryPatchSchema } from './entry-input-schema';
import { getEntry } from './get-entry.server';
import { listEntries } from './list-entries.server';
import { listRevisions } from './list-revisions.server';
import { restoreRevision } from './restore-revision.server';
import { createEntry, updateEntry } from './save-entry.server';

const database = useTestDatabase();
const now = new Date('2024-06-01T12:00:00Z');
const person = (n: number, role: 'viewer' | 'engineer' | 'reviewer') =>
  userViewer({ id: `00000000-0000-4000-8000-00000000000${n}`, name: `Person ${n}`, email: `p${n}@errata.test`, role });
const reader = person(1, 'viewer');
const engineer = person(2, 'engineer');
const reviewer = person(3, 'reviewer');

const create = (fields: object, viewer = engineer) =>
  createEntry({ viewer, input: entryInputSchema.parse({ title: 'Pool exhausted', ...fields }), now });
const update = (id: string, fields: object, version?: number, viewer = engineer) =>
  updateEntry({ viewer, id, patch: entryPatchSchema.parse(fields), version, now });
const list = (query: object = {}) => listEntries({ viewer: reader, query: entryListQuerySchema.parse(query), now });
const titles = async (query: object) => (await list(query)).data.map((entry) => entry.title);
const jobs = async () =>
  (
    await getPool().query(
      "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'knowledge.changed'",
    )
  ).rows[0].n as number;
const signatureRows = () => getDb().entrySignature.count();

beforeEach(async () => {
  await database.truncate();
  await getPool()
    .query('SELECT graphile_worker.complete_jobs(array(SELECT id FROM graphile_worker.jobs))')
    .catch(() => {});
});

describe('saving', () => {
  it('gives back every field as written, and a first revision', async () => {
    const fields = {
      category: 'Database',
      severity: 'high',
      component: 'api',
      tags: ['pg'],
      first_seen: '2024-01-05',
      symptoms: 'FATAL: too many clients',
      detection: 'At noon',
      diagnosis: 'psql',
      root_cause: 'Leak',
      solutions: [{ title: 'Close', steps: '```py\n  s.close()\n```' }],
      prevention: [{ text: 'Lint', done: true, owner: 'Ann', link: 'https://x.test' }],
      impact: 'All',
      resolution_minutes: 45,
      validation: 'Load test',
      related_files: ['a.py'],
      related_entries: ['ERROR-002'],
      environment: 'Linux',
      references: ['https://y.test'],
      notes: '### More\n\ntext',
      signatures: [{ kind: 'code', value: '53300' }],
      next_review: '2024-12-01',
    };
    const entry = await create({ ...fields, external_id: 'kb-1' });
    expect(entry).toMatchObject({
      ...fields,
      id: 'ERROR-001',
      external_id: 'kb-1',
      status: 'draft',
      version: 1,
      updated_by: 'Person 2',
    });
    const { data } = await listRevisions({ viewer: reader, id: entry.id, query: { limit: 10 } });
    expect(data).toMatchObject([{ version: 1, action: 'edited', author: 'Person 2' }]);
  });

  it('changes only the fields named, and leaves no revision when nothing changes', async () => {
    const { id } = await create({ severity: 'high', symptoms: 'S', tags: ['x'] });
    const changed = await update(id, { root_cause: 'R' }, 1);
    expect(changed).toMatchObject({ version: 2, severity: 'high', symptoms: 'S', tags: ['x'], root_cause: 'R' });
    expect((await update(id, { root_cause: 'R' }, 2)).version).toBe(2);
    expect((await update(id, { severity: null }, 2)).severity).toBeNull();
  });

  it('refuses a write based on an old version and says which is current', async () => {
    const { id } = await create({});
    await update(id, { symptoms: 'theirs' }, 1);
    await expect(update(id, { symptoms: 'mine' }, 1)).rejects.toMatchObject({
      code: 'version_conflict',
      extra: { current_version: 2 },
    });
    expect((await getEntry({ viewer: reader, id, now })).symptoms).toBe('theirs');
  });

  it('lets one of two simultaneous writers through', async () => {
    const { id } = await create({});
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((symptoms) => update(id, { symptoms }, 1)));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'version_conflict' });
  });

  it('refuses an external id that is taken, and people without the permission', async () => {
    await create({ external_id: 'kb-1' });
    await expect(create({ external_id: 'kb-1' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(create({}, reader)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create({ status: 'published' }, engineer)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('stores what PostgreSQL would refuse', async () => {
    const entry = await create({ symptoms: 'a\0b\ud800', tags: ['t\0'] });
    expect(entry).toMatchObject({ symptoms: 'a\ufffdb\ufffd', tags: ['t\ufffd'] });
  });

  it('restores an earlier revision as a new one', async () => {
    const { id } = await create({ symptoms: 'one' });
    await update(id, { symptoms: 'two' });
    const restored = await restoreRevision({ viewer: engineer, id, revision: 1, version: 2, now });
    expect(restored).toMatchObject({ symptoms: 'one', version: 3 });
    await expect(restoreRevision({ viewer: engineer, id, revision: 1, now })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(restoreRevision({ viewer: engineer, id, revision: 9, now })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('status', () => {
  const act = (id: string, action: 'submit' | 'publish' | 'reject' | 'retire' | 'verify', viewer = reviewer) =>
    changeStatus({ viewer, id, action, reason: 'because', now });

  it('goes the whole way, with a revision and an audit line each', async () => {
    const { id } = await create({ signatures: [{ kind: 'type', value: 'OSError' }] });
    expect((await act(id, 'submit', engineer)).status).toBe('in_review');
    expect(await signatureRows()).toBe(0);
    expect(await jobs()).toBe(0);
    expect(await act(id, 'publish')).toMatchObject({ status: 'published', published_at: now.toISOString() });
    expect(await signatureRows()).toBe(1);
    expect(await jobs()).toBe(1);
    expect((await act(id, 'retire')).status).toBe('retired');
    expect(await signatureRows()).toBe(0);
    expect((await act(id, 'publish')).status).toBe('published');
    const { data } = await listRevisions({ viewer: reader, id, query: { limit: 10 } });
    expect(data.map((r) => r.action)).toEqual(['published', 'retired', 'published', 'submitted', 'edited']);
    expect(data[0]?.reason).toBe('because');
    const audit = await getDb().auditLog.findMany({ orderBy: { id: 'asc' } });
    expect(audit.map((line) => line.action)).toEqual([
      'knowledge.create',
      'knowledge.submit',
      'knowledge.publish',
      'knowledge.retire',
      'knowledge.publish',
    ]);
  });

  it('refuses what is out of turn and who may not', async () => {
    const { id } = await create({});
    await expect(act(id, 'reject')).rejects.toMatchObject({ code: 'conflict' });
    await expect(act(id, 'publish', engineer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(act('ERROR-999', 'publish')).rejects.toMatchObject({ code: 'not_found' });
    await expect(act('nonsense', 'publish')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('with four eyes, the author cannot publish and an edit goes back to review', async () => {
    await getDb().setting.create({ data: { key: 'workspace', value: { four_eyes: true } } });
    const { id } = await create({}, reviewer);
    await expect(act(id, 'publish')).rejects.toMatchObject({ code: 'conflict' });
    expect((await act(id, 'publish', person(4, 'reviewer'))).status).toBe('published');
    expect((await update(id, { symptoms: 'new' })).status).toBe('in_review');
    expect((await act(id, 'publish')).status).toBe('published');
  });

  it('keeps an imported entry recognisable as unedited when it is only published', async () => {
    const { id } = await create({});
    await getDb().entry.updateMany({ data: { importVersion: 1, importHash: 'h' } });
    await act(id, 'publish');
    expect(await getDb().entry.findFirst()).toMatchObject({ version: 2, importVersion: 2 });
    await update(id, { symptoms: 'edited here' });
    expect(await getDb().entry.findFirst()).toMatchObject({ version: 3, importVersion: 2 });
  });

  it('verifying moves the review date in the content and the column', async () => {
    const { id } = await create({ next_review: '2024-05-01' });
    expect(await act(id, 'publish')).toMatchObject({ stale: true });
    expect(await act(id, 'verify')).toMatchObject({ stale: false, next_review: '2024-08-30' });
    expect((await list()).data[0]).toMatchObject({ next_review: '2024-08-30', stale: false });
  });

  it('deletes a draft and retires anything else', async () => {
    const draft = await create({});
    expect(await deleteEntry({ viewer: engineer, id: draft.id, now })).toBe('deleted');
    await expect(getEntry({ viewer: reader, id: draft.id, now })).rejects.toMatchObject({ code: 'not_found' });
    const used = await create({ status: 'published' }, reviewer);
    await expect(deleteEntry({ viewer: engineer, id: used.id, now })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await deleteEntry({ viewer: reviewer, id: used.id, now })).toBe('retired');
    expect(await deleteEntry({ viewer: reviewer, id: used.id, now })).toBe('retired');
  });
});

describe('listing', () => {
  beforeEach(async () => {
    await create({
      title: 'Alpha',
      category: 'Build',
      component: 'web',
      tags: ['vite', 'ts'],
      symptoms: 'kombu.exceptions.EncodeError',
    });
    await create(
      {
        title: 'beta 50% done',
        category: 'Build',
        severity: 'low',
        tags: ['ts'],
        status: 'published',
        next_review: '2024-01-01',
      },
      reviewer,
    );
    await create({ title: 'Gamma', category: 'Database', severity: 'high', external_id: 'kb-9', status: 'in_review' });
  });

  it.each<[object, string[]]>([
    [{ sort: 'id' }, ['Alpha', 'beta 50% done', 'Gamma']],
    [{ category: 'Build', sort: 'id' }, ['Alpha', 'beta 50% done']],
    [{ status: 'draft,in_review', sort: 'id' }, ['Alpha', 'Gamma']],
    [{ severity: 'low' }, ['beta 50% done']],
    [{ tag: 'vite' }, ['Alpha']],
    [{ component: 'web' }, ['Alpha']],
    [{ stale: 'true' }, ['beta 50% done']],
    [{ stale: 'false', sort: 'id' }, ['Alpha', 'Gamma']],
    [{ disputed: 'true' }, []],
    [{ external_id: 'kb-9' }, ['Gamma']],
    [{ q: 'EncodeError' }, ['Alpha']],
    [{ q: 'encodeerr' }, ['Alpha']],
    [{ q: 'error-003' }, ['Gamma']],
    [{ q: '50%' }, ['beta 50% done']],
    [{ q: "'); -- ! & |" }, []],
    [{ sort: 'next_review' }, ['beta 50% done', 'Alpha', 'Gamma']],
  ])('%j finds %j', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it.each(['relevance', 'updated', 'created', 'title', 'id', 'next_review'])(
    'pages through everything once, sorted by %s',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({
          sort,
          limit: 1,
          ...(sort === 'relevance' ? { q: 'a' } : {}),
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.data.map((entry) => entry.id));
        cursor = page.next_cursor;
      } while (cursor);
      expect([...seen].sort()).toEqual(['ERROR-001', 'ERROR-002', 'ERROR-003']);
    },
  );

  it('refuses a cursor of another order', async () => {
    const { next_cursor } = await list({ sort: 'title', limit: 1 });
    await expect(list({ sort: 'updated', limit: 1, cursor: next_cursor })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('counts each facet under the other filters', async () => {
    const facets = await entryFacets({ viewer: reader, filter: entryFilterSchema.parse({ category: 'Build' }), now });
    expect(facets).toMatchObject({
      total: 2,
      stale: 1,
      category: [
        { value: 'Build', count: 2 },
        { value: 'Database', count: 1 },
      ],
      tag: [
        { value: 'ts', count: 2 },
        { value: 'vite', count: 1 },
      ],
      severity: [{ value: 'low', count: 1 }],
    });
  });
});
