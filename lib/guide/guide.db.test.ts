import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer, userViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry } from '../knowledge/save-entry.server';
import { guideFilterSchema } from './guide-schema';
import {
  createGuideSection,
  deleteGuideSection,
  getGuideSection,
  listGuideSections,
  putGuideSection,
} from './guide-sections.server';
import { loadGuide } from './load-guide.server';
import { renderGuide } from './render-guide';

const database = useTestDatabase();
const now = new Date('2024-06-01T12:00:00Z');
const viewer = systemViewer();
const reader = userViewer({
  id: '00000000-0000-4000-8000-000000000001',
  name: 'R',
  email: 'r@errata.test',
  role: 'viewer',
});

beforeEach(() => database.truncate());

describe('loadGuide', () => {
  const create = (fields: object) =>
    createEntry({ viewer, input: entryInputSchema.parse({ title: 'T', ...fields }), now });
  const ids = async (query: object = {}) =>
    (await loadGuide({ viewer: reader, filter: guideFilterSchema.parse(query), now })).entries.map((entry) => entry.id);

  it('holds published entries only, unless asked for others, under the filter', async () => {
    await create({ status: 'published', category: 'Build', severity: 'low', tags: ['a'] });
    await create({ status: 'draft', category: 'Build' });
    await create({ status: 'published', category: 'Network', component: 'web' });
    expect(await ids()).toEqual(['ERROR-001', 'ERROR-003']);
    expect(await ids({ status: 'draft,published' })).toEqual(['ERROR-001', 'ERROR-002', 'ERROR-003']);
    expect(await ids({ category: 'Build' })).toEqual(['ERROR-001']);
    expect(await ids({ severity: 'low' })).toEqual(['ERROR-001']);
    expect(await ids({ tag: 'a' })).toEqual(['ERROR-001']);
    expect(await ids({ component: 'web', severity: '' })).toEqual(['ERROR-003']);
  });

  it('renders the same bytes twice and bears the title of the settings', async () => {
    await getDb().setting.create({ data: { key: 'workspace', value: { guide_title: 'Our guide' } } });
    await create({ status: 'published', symptoms: '```\nx\n```' });
    const render = async (at: string) =>
      renderGuide(await loadGuide({ viewer: reader, filter: {}, now: new Date(at) }));
    const text = await render('2024-06-02T00:00:00Z');
    expect(text).toMatch(/^# Our guide\n/);
    expect(await render('2025-01-01T00:00:00Z')).toBe(text);
  });
});

describe('guide sections', () => {
  const put = (slug: string, fields: { title: string; body?: string; position?: number }, version?: number) =>
    putGuideSection({ viewer, slug, input: { body: '', ...fields }, version, now });

  it('are made, replaced, listed in order and removed', async () => {
    await createGuideSection({ viewer, input: { title: 'Best practices', body: 'b' }, now });
    await put('checklists', { title: 'Checklists', position: 0 });
    expect((await listGuideSections({ viewer: reader })).map((s) => s.slug)).toEqual(['checklists', 'best-practices']);
    expect(await put('best-practices', { title: 'Best practices', body: 'new' }, 1)).toMatchObject({
      version: 2,
      position: 1,
    });
    expect(await put('best-practices', { title: 'Best practices', body: 'new' }, 2)).toMatchObject({ version: 2 });
    await deleteGuideSection({ viewer, slug: 'checklists' });
    await expect(getGuideSection({ viewer, slug: 'checklists' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await getDb().auditLog.findFirst({ where: { action: 'guide.delete' } })).toMatchObject({
      data: { title: 'Checklists' },
    });
  });

  it('refuse a lost update, a strange slug and people who may not', async () => {
    await put('a', { title: 'A' });
    await put('a', { title: 'B' }, 1);
    await expect(put('a', { title: 'C' }, 1)).rejects.toMatchObject({
      code: 'version_conflict',
      extra: { current_version: 2 },
    });
    await expect(put('no/slash', { title: 'C' })).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(
      putGuideSection({ viewer: reader, slug: 'a', input: { title: 'x', body: '' }, now }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createGuideSection({ viewer, input: { slug: 'a', title: 'x', body: '' }, now })).rejects.toMatchObject(
      { code: 'conflict' },
    );
  });

  it('get a slug of their own where titles repeat or have no letters', async () => {
    const slugs = [];
    for (const title of ['Notes', 'Notes', '!!!', '???'])
      slugs.push((await createGuideSection({ viewer, input: { title, body: '' }, now })).slug);
    expect(new Set(slugs).size).toBe(4);
    expect(slugs.slice(0, 2)).toEqual(['notes', 'notes-1']);
  });
});
