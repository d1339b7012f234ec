import { beforeEach, expect, test } from 'vitest';
import { GET, PATCH } from '../../app/api/v1/projects/[projectId]/route';
import { createToken } from '../auth/create-token.server';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { createProject } from './create-project.server';
import { DEFAULT_PROJECT_SETTINGS } from './project-settings';

const database = useTestDatabase();
const now = new Date('2026-01-01T00:00:00Z');
let token: string;

beforeEach(async () => {
  await database.truncate();
  const viewer = systemViewer();
  await createProject({ viewer, name: 'Shop', origin: 'http://localhost' });
  token = (await createToken({ viewer, name: 'admin', scopes: ['admin'], now })).token;
  await getDb().user.create({ data: { email: 'ada@example.test', name: 'Ada', role: 'engineer' } });
});

async function call(body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const handler = body === undefined ? GET : PATCH;
  const request = new Request('http://localhost/api/v1/projects/shop', {
    method: body === undefined ? 'GET' : 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const response = await handler(request, { params: Promise.resolve({ projectId: 'shop' }) });
  return { status: response.status, body: await response.json() };
}

test('a project tells its settings, all of them', async () => {
  expect((await call()).body.settings).toEqual(DEFAULT_PROJECT_SETTINGS);
});

test('some settings change and the others stay, those of other parts of the product included', async () => {
  await getDb().project.updateMany({ data: { settings: { attachments: false, retention_days: 30 } } });
  const ownership = [{ matcher: { path: 'src/*' }, assignee: 'Ada@Example.test' }];
  const changed = await call({ settings: { auto_resolve_days: 14, ownership } });
  const expected = {
    ...DEFAULT_PROJECT_SETTINGS,
    retention_days: 30,
    auto_resolve_days: 14,
    ownership: [{ matcher: { path: 'src/*' }, assignee: 'ada@example.test' }],
  };
  expect([changed.status, changed.body.settings]).toEqual([200, expected]);
  expect((await call()).body).toMatchObject({ name: 'Shop', settings: expected });
  const { settings } = await getDb().project.findFirstOrThrow();
  expect(settings).toMatchObject({ attachments: false });
});

test('two who change different settings both have their way', async () => {
  await Promise.all([call({ settings: { auto_resolve_days: 7 } }), call({ settings: { retention_days: 20 } })]);
  expect((await call()).body.settings).toMatchObject({ auto_resolve_days: 7, retention_days: 20 });
});

test('a new name leaves the settings alone', async () => {
  await call({ settings: { retention_days: 20 } });
  expect((await call({ name: 'Store' })).body).toMatchObject({ name: 'Store', settings: { retention_days: 20 } });
});

const rule = (matcher: unknown, assignee: unknown = 'ada@example.test') => ({ ownership: [{ matcher, assignee }] });

test.each([
  ['settings.retention_days', { retention_days: 0 }],
  ['settings', { retention: 7 }],
  ['settings.auto_resolve_days', { auto_resolve_days: 'soon' }],
  ['settings.ownership.0.matcher', rule({})],
  ['settings.ownership.0.matcher.tag', rule({ tag: 'team' })],
  ['settings.ownership.0.matcher', rule({ file: 'x' })],
  ['settings.ownership.0.assignee', rule({ service: 'x' }, 'ada')],
  ['settings.ownership.0.assignee', rule({ service: 'x' }, 'eve@example.test')],
])('what is wrong is named: %s', async (field, settings) => {
  const { status, body } = await call({ settings });
  expect(status).toBe(422);
  expect((body.errors as { field: string }[]).map((error) => error.field)).toContain(field);
  expect((await call()).body.settings).toEqual(DEFAULT_PROJECT_SETTINGS);
});
