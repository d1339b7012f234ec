import { beforeEach, describe, expect, it } from 'vitest';
import { createToken } from '@/lib/auth/create-token.server';
import type { Scope } from '@/lib/auth/permissions';
import { systemViewer } from '@/lib/auth/viewer';
import { getDb } from '@/lib/db/client.server';
import { useTestDatabase } from '@/lib/db/test-database';
import { createGuideSection } from '@/lib/guide/guide-sections.server';
import type { Checklist } from '@/lib/issues/checklist-schema';
import { makeIssue, makeProject } from '@/lib/issues/issue-fixture';
import { listActivity } from '@/lib/issues/list-activity.server';
import { GET as sections } from '../../../guide/checklists/route';
import { DELETE, PATCH, PUT } from './[checklistId]/route';
import { GET, POST } from './route';

const database = useTestDatabase();
const viewer = systemViewer();
const now = new Date('2026-01-05T10:00:00Z');
const BODY = `Do these in order.

### Before

- [ ] Tests pass
- [ ] Migrations are reversible

### After

- [ ] Watch the error rate for an hour
`;

let token = '';
const signIn = async (scope: Scope) => {
  token = (await createToken({ viewer, name: scope, scopes: [scope], now })).token;
};

interface Answer {
  status: number;
  json: Checklist & { data: Checklist[] };
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function call(handler: Handler, method: string, params: Record<string, string>, body?: object): Promise<Answer> {
  const request = new Request(`http://errata.test/api/v1/issues/${params.issueId}/checklists`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const list = async (issueId = 'SHOP-1') => (await call(GET, 'GET', { issueId })).json.data;
const add = (section: string, issueId = 'SHOP-1') => call(POST, 'POST', { issueId }, { section });
const tick = (checklistId: string, index: number, done: boolean, issueId = 'SHOP-1') =>
  call(PATCH, 'PATCH', { issueId, checklistId }, { index, done });
const activity = async () =>
  (await listActivity({ viewer, issueId: 'SHOP-1', page: { limit: 50 } })).data.map(({ kind }) => kind);

beforeEach(async () => {
  await database.truncate();
  await signIn('write');
  const projectId = await makeProject('shop');
  for (const number of [1, 2]) await makeIssue({ projectId, number, title: 'PoolTimeout', times: [now] });
  await createGuideSection({ viewer, input: { title: 'Deployment checklist', body: BODY }, now });
  await createGuideSection({ viewer, input: { title: 'Update protocol', body: 'Ask first.' }, now });
});

describe('the checklists of an issue', () => {
  it('come back as they were when they were removed, once', async () => {
    const { id } = (await add('deployment-checklist')).json;
    await tick(id, 1, true);
    const [before] = await list();
    const params = { issueId: 'SHOP-1', checklistId: id };
    expect((await call(PUT, 'PUT', params)).status).toBe(404);
    await call(DELETE, 'DELETE', params);
    expect(await list()).toEqual([]);
    expect((await call(PUT, 'PUT', { ...params, issueId: 'SHOP-2' })).status).toBe(404);
    expect((await call(PUT, 'PUT', params)).json).toEqual(before);
    expect(await list()).toEqual([before]);
    expect(await activity()).not.toContain('checklist_removed');
    expect((await call(PUT, 'PUT', params)).status).toBe(404);
  });

  it('come from the guide sections that have a list', async () => {
    const offered = await call(sections, 'GET', {});
    expect(offered.json.data).toEqual([{ slug: 'deployment-checklist', title: 'Deployment checklist', items: 3 }]);
    const added = await add('deployment-checklist');
    expect(added.status).toBe(201);
    expect(added.json.items.map(({ group, text, done_at }) => [group, text, done_at])).toEqual([
      ['Before', 'Tests pass', null],
      ['Before', 'Migrations are reversible', null],
      ['After', 'Watch the error rate for an hour', null],
    ]);
    expect(await list()).toEqual([added.json]);
    expect(await list('SHOP-2')).toEqual([]);
    expect(await activity()).toContain('checklist_added');
  });

  it('are ticked by name, unticked again, and complete when nothing is left', async () => {
    const { id } = (await add('deployment-checklist')).json;
    const first = (await tick(id, 0, true)).json.items[0];
    expect(first?.done_by).toBe('write');
    expect(first?.done_at).not.toBeNull();
    expect((await tick(id, 0, false)).json.items[0]).toMatchObject({ done_at: null, done_by: null });
    for (const index of [0, 1]) expect((await tick(id, index, true)).json.completed_at).toBeNull();
    const complete = (await tick(id, 2, true)).json;
    expect(complete.completed_at).toBe(complete.items[2]?.done_at);
    expect(await activity()).toContain('checklist_completed');
    expect((await tick(id, 1, false)).json.completed_at).toBeNull();
    expect((await list())[0]?.items.map(({ done_at }) => done_at !== null)).toEqual([true, false, true]);
  });

  it('keep both ticks of two people who tick at once', async () => {
    const { id } = (await add('deployment-checklist')).json;
    await Promise.all([0, 1, 2].map((index) => tick(id, index, true)));
    expect((await list())[0]?.completed_at).not.toBeNull();
  });

  it('keep their words when the guide section changes, and go when they are removed', async () => {
    const { id } = (await add('deployment-checklist')).json;
    await getDb().guideSection.updateMany({ data: { body: '- [ ] Something else' } });
    expect((await list())[0]?.items).toHaveLength(3);
    expect((await call(DELETE, 'DELETE', { issueId: 'SHOP-1', checklistId: id })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect(await activity()).toContain('checklist_removed');
    expect((await tick(id, 0, true)).status).toBe(404);
  });

  it('are refused with what was expected', async () => {
    const { id } = (await add('deployment-checklist')).json;
    expect((await add('update-protocol')).status).toBe(409);
    expect((await add('nothing-there')).status).toBe(404);
    expect((await add('')).status).toBe(422);
    expect((await tick(id, 3, true)).status).toBe(404);
    expect((await tick(id, 0, true, 'SHOP-2')).status).toBe(404);
    expect((await tick('not-an-id', 0, true)).status).toBe(404);
    await signIn('read');
    expect((await add('deployment-checklist')).status).toBe(403);
    expect((await tick(id, 0, true)).status).toBe(403);
    expect(await list()).toHaveLength(1);
  });
});
