import { beforeEach, describe, expect, test } from 'vitest';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { reloadEnv } from '../env.server';
import { ensureBootstrap, setUp } from './bootstrap.server';
import { createToken, revokeToken } from './create-token.server';
import { createUser, inviteUser } from './create-user.server';
import { sha256, verifyPassword } from './secrets.server';
import { acceptInvite, updateAccount, updateUser } from './update-user.server';
import { systemViewer, userViewer } from './viewer';

const database = useTestDatabase();
const now = new Date('2026-05-01T12:00:00Z');
const system = systemViewer();
const origin = 'https://errata.test';
const admin = { email: 'ada@errata.test', name: 'Ada', role: 'admin' as const, password: 'correct horse' };

beforeEach(async () => {
  await database.truncate();
  delete process.env.ERRATA_ADMIN_EMAIL;
  delete process.env.ERRATA_ADMIN_PASSWORD;
  reloadEnv();
});

describe('the first run', () => {
  test('gives out a set-up link that makes the admin and the first project, once', async () => {
    const { setupUrlPath } = await ensureBootstrap(now);
    const token = new URL(setupUrlPath as string, origin).searchParams.get('token') as string;
    const input = { token, email: 'ada@errata.test', name: 'Ada', password: 'correct horse', project_name: 'Web shop' };
    const { project } = await setUp({ input, origin, now });
    expect(project).toMatchObject({ slug: 'web-shop', prefix: 'WEB-SHOP' });
    expect(project.keys[0]?.dsn).toMatch(/^https:\/\/[0-9a-f]{32}@errata\.test\/\d+$/);
    await expect(setUp({ input, origin, now })).rejects.toMatchObject({ code: 'gone' });
    expect(await ensureBootstrap(now)).toEqual({ setupUrlPath: null });
  });

  test('keeps only the hash of the link, and a restart replaces it', async () => {
    const first = await ensureBootstrap(now);
    const second = await ensureBootstrap(now);
    const token = (path: string | null) => new URL(path as string, origin).searchParams.get('token') as string;
    const rows = await getDb().setting.findMany();
    expect(JSON.stringify(rows)).not.toContain(token(second.setupUrlPath));
    const input = {
      token: token(first.setupUrlPath),
      email: 'a@b.test',
      name: 'A',
      password: 'correct horse',
      project_name: 'P',
    };
    await expect(setUp({ input, origin, now })).rejects.toMatchObject({ code: 'gone' });
  });

  test('takes the admin from the environment, with a project to send to, and leaves an existing one alone', async () => {
    process.env.ERRATA_ADMIN_EMAIL = 'Ada@Errata.test';
    process.env.ERRATA_ADMIN_PASSWORD = 'correct horse';
    reloadEnv();
    expect(await ensureBootstrap(now)).toEqual({ setupUrlPath: null });
    await ensureBootstrap(now);
    const users = await getDb().user.findMany();
    expect(users).toHaveLength(1);
    expect(users[0]).toMatchObject({ email: 'ada@errata.test', role: 'admin' });
    expect(await verifyPassword('correct horse', users[0]?.passwordHash ?? null)).toBe(true);
    expect(await getDb().project.count()).toBe(1);
  });

  test('refuses a short password from the environment by name', async () => {
    process.env.ERRATA_ADMIN_EMAIL = 'ada@errata.test';
    process.env.ERRATA_ADMIN_PASSWORD = 'short';
    reloadEnv();
    await expect(ensureBootstrap(now)).rejects.toThrow('ERRATA_ADMIN_PASSWORD: expected at least 10 characters');
  });
});

describe('members', () => {
  test('an invitation works once and runs out after seven days', async () => {
    const { invite_path } = await inviteUser({
      viewer: system,
      email: 'bo@errata.test',
      name: 'Bo',
      role: 'engineer',
      now,
    });
    const token = new URL(invite_path, origin).searchParams.get('token') as string;
    const late = new Date(now.getTime() + 8 * 86_400_000);
    await expect(acceptInvite({ input: { token, password: 'battery staple' }, now: late })).rejects.toMatchObject({
      code: 'gone',
    });
    expect(await acceptInvite({ input: { token, password: 'battery staple' }, now })).toMatchObject({
      status: 'active',
      role: 'engineer',
    });
    await expect(acceptInvite({ input: { token, password: 'battery staple' }, now })).rejects.toMatchObject({
      code: 'gone',
    });
  });

  test('the same address cannot be taken twice', async () => {
    await createUser({ viewer: system, ...admin, now });
    await expect(
      inviteUser({ viewer: system, email: admin.email, name: 'X', role: 'viewer', now }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the only admin can be neither demoted nor disabled, not even by two calls at once', async () => {
    const ada = await createUser({ viewer: system, ...admin, now });
    const bo = await createUser({ viewer: system, ...admin, email: 'bo@errata.test', now });
    const demote = (userId: string) => updateUser({ viewer: system, userId, changes: { role: 'viewer' }, now });
    const results = await Promise.allSettled([demote(ada.id), demote(bo.id)]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await getDb().user.count({ where: { role: 'admin' } })).toBe(1);
  });

  test('a new password needs the current one and ends all sessions', async () => {
    const ada = await createUser({ viewer: system, ...admin, now });
    const viewer = userViewer({ ...ada, role: 'admin' });
    const change = (current_password: string) =>
      updateAccount({ viewer, changes: { current_password, new_password: 'new and longer' } });
    await expect(change('wrong')).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'current_password' }],
    });
    await change('correct horse');
    expect((await getDb().user.findUniqueOrThrow({ where: { id: ada.id } })).sessionEpoch).toBe(1);
  });

  test('an engineer administers nobody', async () => {
    const viewer = userViewer({ id: crypto.randomUUID(), name: 'Bo', email: 'bo@errata.test', role: 'engineer' });
    await expect(inviteUser({ viewer, email: 'x@errata.test', name: 'X', role: 'admin', now })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(createToken({ viewer, name: 't', scopes: ['admin'], now })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('API tokens', () => {
  test('are stored as a hash, shown once, and leave an audit line when made and revoked', async () => {
    const made = await createToken({ viewer: system, name: 'CI', scopes: ['write'], now });
    const row = await getDb().apiToken.findUniqueOrThrow({ where: { id: made.id } });
    expect(made.token).toMatch(/^errata_[\w-]{40}$/);
    expect(row.hash).toBe(sha256(made.token));
    expect(JSON.stringify(row)).not.toContain(made.token);
    await revokeToken({ viewer: system, tokenId: made.id, now });
    const actions = (await getDb().auditLog.findMany({ orderBy: { id: 'asc' } })).map((line) => line.action);
    expect(actions).toEqual(['token.create', 'token.revoke']);
  });
});
