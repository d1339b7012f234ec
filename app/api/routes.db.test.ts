import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createToken } from '../../lib/auth/create-token.server';
import { SESSION_COOKIE } from '../../lib/auth/options.server';
import { impliedScopes, ROLE_SCOPES, ROLES, type Role, SCOPES, type Scope } from '../../lib/auth/permissions';
import { systemViewer } from '../../lib/auth/viewer';
import { getDb } from '../../lib/db/client.server';
import { useTestDatabase } from '../../lib/db/test-database';
import { reloadEnv } from '../../lib/env.server';
import { openApiDocument } from '../../lib/http/openapi';
import type { RouteHandler } from '../../lib/http/route.server';
import { GET as nowhere } from './[...path]/route';
import { routeModules, routes } from './routes';
import { PATCH as changeEntry } from './v1/knowledge/[entryId]/route';
import { POST as createEntry } from './v1/knowledge/route';

useTestDatabase();

const SECRET = 'a-secret-for-this-test-only-0123456789';
const NOW = new Date('2026-01-01T00:00:00Z');
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Plausible values for path parameters, none of which exists. */
const PARAMS: Record<string, string> = {
  issueId: 'NOWHERE-1',
  eventId: '0'.repeat(32),
  entryId: 'ERROR-999',
  projectId: '999',
  keyId: '999',
  userId: randomUUID(),
  tokenId: randomUUID(),
  suggestionId: '999',
  passId: '999',
  slug: 'nowhere',
  question: 'totals',
  n: '1',
  version: '1',
  commentId: '999',
};

const cookies: Partial<Record<Role, string>> = {};
const tokens: Partial<Record<Scope, string>> = {};

beforeAll(async () => {
  process.env.ERRATA_SECRET = SECRET;
  reloadEnv();
  for (const role of ROLES) cookies[role] = (await signedIn(role, role)).cookie;
  for (const scope of SCOPES)
    tokens[scope] = (await createToken({ viewer: systemViewer(), name: scope, scopes: [scope], now: NOW })).token;
});

async function signedIn(name: string, role: Role): Promise<{ cookie: string; userId: string }> {
  const userId = randomUUID();
  await getDb().user.create({ data: { id: userId, email: `${name}@errata.test`, name, role, createdAt: NOW } });
  return { userId, cookie: `${SESSION_COOKIE}=${await encode({ secret: SECRET, token: { sub: userId, epoch: 0 } })}` };
}

const allModules = (readdirSync('app/api', { recursive: true }) as string[]).filter(
  (file) => file.endsWith('route.ts') && !file.includes('[...'),
);

async function call(handler: RouteHandler, headers: Record<string, string>): Promise<number> {
  const { method, path } = handler.definition;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const params = Object.fromEntries(names.map((name) => [name, PARAMS[name] ?? '1']));
  const url = `http://localhost${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] as string)}`;
  const body = method === 'GET' || method === 'DELETE' ? undefined : '{}';
  const request = new Request(url, { method, body, headers: { 'content-type': 'application/json', ...headers } });
  const response = await handler(request, { params: Promise.resolve(params) });
  expect(response.status, `${method} ${path} failed`).toBeLessThan(500);
  return response.status;
}

const handlers: RouteHandler[] = routeModules.flatMap((module) =>
  METHODS.flatMap((method) =>
    (module as Record<string, unknown>)[method]
      ? [(module as Record<string, RouteHandler>)[method] as RouteHandler]
      : [],
  ),
);

describe('the manifest of routes', () => {
  test('names every route file', () => {
    expect(routeModules).toHaveLength(allModules.length);
    expect(new Set(routeModules).size).toBe(routeModules.length);
  });

  test('each handler is exported under the method it declares, with a summary, and no two share an address', () => {
    for (const module of routeModules) {
      for (const method of METHODS) {
        const handler = (module as Record<string, RouteHandler | undefined>)[method];
        if (handler) expect(handler.definition).toMatchObject({ method, summary: expect.stringMatching(/\S/) });
      }
    }
    const addresses = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

test('a list that a GET answers says whether there is more', () => {
  const shapes = routes.flatMap(({ method, path, response }) =>
    method === 'GET' && response instanceof z.ZodObject ? [{ path, keys: Object.keys(response.shape) }] : [],
  );
  const lists = shapes.filter(({ path, keys }) => keys.includes('data') && !path.startsWith('/api/v1/analytics'));
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter(({ keys }) => !keys.includes('next_cursor'))).toEqual([]);
});

test('the OpenAPI document gives each operation a name of its own', () => {
  const document = openApiDocument(routes, '1.0.0') as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const names = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((it) => it.operationId));
  expect(new Set(names).size).toBe(routes.length);
  expect(names).toContain('patchIssuesByIssueId');
});

describe('who may call what', () => {
  test.each(handlers.map((handler) => [`${handler.definition.method} ${handler.definition.path}`, handler] as const))(
    '%s',
    async (_, handler) => {
      const { auth } = handler.definition;
      if (auth === 'public') {
        expect([401, 403]).not.toContain(await call(handler, {}));
        return;
      }
      expect(await call(handler, {})).toBe(401);
      expect(await call(handler, { authorization: 'Bearer errata_not-a-token' })).toBe(401);
      for (const role of ROLES) {
        const status = await call(handler, { cookie: cookies[role] as string });
        if (ROLE_SCOPES[role].includes(auth)) expect([401, 403], `${role} may`).not.toContain(status);
        else expect(status, `${role} may not`).toBe(403);
      }
      for (const scope of SCOPES) {
        const status = await call(handler, { authorization: `Bearer ${tokens[scope]}` });
        if (!impliedScopes(scope).includes(auth)) expect(status, `a ${scope} token may not`).toBe(403);
        // A token is no member: it has no account of its own to change.
        else if (handler.definition.path !== '/api/v1/account')
          expect([401, 403], `a ${scope} token may`).not.toContain(status);
      }
    },
  );

  test('a session of another site is refused for writes', async () => {
    const write = handlers.find(
      ({ definition }) => definition.method === 'POST' && definition.path === '/api/v1/tokens',
    ) as RouteHandler;
    const cookie = cookies.admin as string;
    expect(await call(write, { cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await call(write, { cookie, host: 'localhost', origin: 'http://other.localhost' })).toBe(403);
    expect(await call(write, { cookie, host: 'localhost', origin: 'http://localhost' })).not.toBe(403);
  });

  test('a disabled member and a revoked token are refused at once', async () => {
    const me = handlers.find((handler) => handler.definition.path === '/api/v1/me') as RouteHandler;
    const { cookie, userId } = await signedIn('gone', 'viewer');
    const { token } = await createToken({ viewer: systemViewer(), name: 'old', scopes: ['read'], now: NOW });
    const later = new Date('2026-01-02T00:00:00Z');
    expect([await call(me, { cookie }), await call(me, { authorization: `Bearer ${token}` })]).toEqual([200, 200]);
    await getDb().user.update({ where: { id: userId }, data: { disabledAt: later } });
    await getDb().apiToken.updateMany({ where: { name: 'old' }, data: { revokedAt: later } });
    expect([await call(me, { cookie }), await call(me, { authorization: `Bearer ${token}` })]).toEqual([401, 401]);
  });
});

test('the version of an answer is its ETag, to be sent back in If-Match', async () => {
  const headers = { authorization: `Bearer ${tokens.write}`, 'content-type': 'application/json' };
  const made = await createEntry(
    new Request('http://localhost/api/v1/knowledge', { method: 'POST', headers, body: '{"title":"It hangs"}' }),
    { params: Promise.resolve({}) },
  );
  expect(made.headers.get('etag')).toBe('"1"');
  const { id } = (await made.json()) as { id: string };
  const change = (ifMatch: string) =>
    changeEntry(
      new Request(`http://localhost/api/v1/knowledge/${id}`, {
        method: 'PATCH',
        headers: { ...headers, 'if-match': ifMatch },
        body: '{"severity":"high"}',
      }),
      { params: Promise.resolve({ entryId: id }) },
    );
  const changed = await change('"1"');
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  expect((await change('"1"')).status).toBe(409);
});

test('an address that is none is told as a problem document', async () => {
  const answer = nowhere(new Request('http://localhost/api/v1/isues'));
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'not_found', detail: expect.stringContaining('/api/v1/isues') });
});
