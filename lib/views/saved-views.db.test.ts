import { beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../auth/viewer';
import { useTestDatabase } from '../db/test-database';
import { makeMember } from '../issues/issue-fixture';
import { changeView, defaultSearch, deleteView, listViews, saveView } from './saved-views.server';
import { type ViewInput, viewInputSchema } from './view-schema';

useTestDatabase();

let ada: Viewer;
let ben: Viewer;
let guest: Viewer;

beforeAll(async () => {
  ada = await makeMember('Ada', 'engineer');
  ben = await makeMember('Ben', 'admin');
  guest = await makeMember('Gus', 'viewer');
});

const input = (name: string, more: Partial<ViewInput> = {}) =>
  viewInputSchema.parse({ page: 'issues', name, search: 'query=service:api', ...more });
const names = async (viewer: Viewer) => (await listViews({ viewer, page: 'issues' })).map((view) => view.name);

describe('saved views', () => {
  it('are private until they are shared', async () => {
    const view = await saveView({ viewer: ada, input: input('Mine') });
    expect(view).toMatchObject({ mine: true, shared: false, owner: 'Ada', search: 'query=service%3Aapi' });
    expect(await names(ada)).toContain('Mine');
    expect(await names(ben)).not.toContain('Mine');
    await changeView({ viewer: ada, viewId: view.id, change: { shared: true } });
    expect(await names(ben)).toContain('Mine');
  });

  it('have one name each', async () => {
    await saveView({ viewer: ada, input: input('Twice') });
    await expect(saveView({ viewer: ada, input: input('Twice') })).rejects.toMatchObject({ code: 'conflict' });
    await expect(saveView({ viewer: ben, input: input('Twice') })).resolves.toMatchObject({ name: 'Twice' });
  });

  it('are shared by those who may write, and changed by their owner alone', async () => {
    await expect(saveView({ viewer: guest, input: input('All', { shared: true }) })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const own = await saveView({ viewer: guest, input: input('Own') });
    expect(own.mine).toBe(true);
    const shared = await saveView({ viewer: ada, input: input('Team', { shared: true }) });
    await expect(changeView({ viewer: ben, viewId: shared.id, change: { name: 'Ben’s' } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(changeView({ viewer: ben, viewId: own.id, change: { name: 'X' } })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('open a page for the one who chose so, until they are gone', async () => {
    const view = await saveView({ viewer: ada, input: input('Start', { shared: true, search: 'status=new' }) });
    await changeView({ viewer: ben, viewId: view.id, change: { default: true } });
    expect(await defaultSearch({ viewer: ben, page: 'issues' })).toBe('status=new');
    expect(await defaultSearch({ viewer: ada, page: 'issues' })).toBeNull();
    await changeView({ viewer: ada, viewId: view.id, change: { shared: false } });
    expect(await defaultSearch({ viewer: ben, page: 'issues' })).toBeNull();
    await deleteView({ viewer: ada, viewId: view.id });
    expect(await names(ada)).not.toContain('Start');
  });

  it('that are shared an admin may clear away', async () => {
    const view = await saveView({ viewer: ada, input: input('Old', { shared: true }) });
    await expect(deleteView({ viewer: guest, viewId: view.id })).rejects.toMatchObject({ code: 'forbidden' });
    await deleteView({ viewer: ben, viewId: view.id });
    expect(await names(ada)).not.toContain('Old');
  });
});
