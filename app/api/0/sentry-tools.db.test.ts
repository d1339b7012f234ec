import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken } from '@/lib/auth/create-token.server';
import type { Scope } from '@/lib/auth/permissions';
import { systemViewer } from '@/lib/auth/viewer';
import { getPool } from '@/lib/db/client.server';
import { useTestDatabase } from '@/lib/db/test-database';
import { reloadEnv } from '@/lib/env.server';
import type { RouteHandler } from '@/lib/http/route.server';
import { POST as assemble } from './organizations/[org]/artifactbundle/assemble/route';
import { GET as options, POST as sendChunks } from './organizations/[org]/chunk-upload/route';
import { PUT as finalize } from './organizations/[org]/releases/[version]/route';
import { POST as nameRelease } from './organizations/[org]/releases/route';
import { POST as sendFile } from './projects/[org]/[project]/releases/[version]/files/route';
import { GET as whoAmI } from './route';

// The requests of sentry-cli 3.8, in its order and with its bodies, and of the tools before artifact bundles.

useTestDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'errata-tools-'));
const tokens: Partial<Record<Scope, string>> = {};
const DEBUG_ID = 'b887e206-e380-54b9-b5d5-f02e70445dc5';
const MAP = JSON.stringify({ version: 3, sources: ['cart.ts'], names: [], mappings: 'AAAA' });

beforeAll(async () => {
  reloadEnv({ ERRATA_DATA_DIR: dataDir });
  await getPool().query(`INSERT INTO project (slug, name, prefix) VALUES ('shop', 'Shop', 'SHOP')`);
  for (const scope of ['read', 'write'] as const)
    tokens[scope] = (
      await createToken({ viewer: systemViewer(), name: scope, scopes: [scope], now: new Date('2026-01-01T00:00:00Z') })
    ).token;
});
afterAll(() => rmSync(dataDir, { recursive: true }));

async function call(
  handler: RouteHandler,
  params: Record<string, string>,
  body?: object | FormData,
  scope: Scope = 'write',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const isForm = body instanceof FormData;
  const request = new Request('http://errata.test/api/0/', {
    method: handler.definition.method,
    headers: { authorization: `Bearer ${tokens[scope]}`, ...(isForm ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

function bundle(): Uint8Array {
  const manifest = {
    org: 'errata',
    files: {
      'files/_/_/assets/app.js': {
        url: '~/assets/app.js',
        type: 'minified_source',
        headers: { 'debug-id': DEBUG_ID, sourcemap: 'app.js.map' },
      },
      'files/_/_/assets/app.js.map': {
        url: '~/assets/app.js.map',
        type: 'source_map',
        headers: { 'debug-id': DEBUG_ID },
      },
    },
  };
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'files/_/_/assets/app.js': 'a()',
    'files/_/_/assets/app.js.map': MAP,
  };
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
  return Buffer.concat([Buffer.from('SYSB\x02\0\0\0', 'latin1'), zip]);
}

const form = (field: string, name: string, bytes: Uint8Array): FormData => {
  const made = new FormData();
  made.append(field, new Blob([new Uint8Array(bytes)]), name);
  return made;
};

it('takes an artifact bundle in parts, and asks for those that are missing', async () => {
  const org = { org: 'any-name' };
  expect((await call(options, org)).body).toMatchObject({
    hashAlgorithm: 'sha1',
    url: expect.stringMatching(/chunk-upload\/$/),
  });
  const whole = bundle();
  const parts = [whole.subarray(0, 100), whole.subarray(100)];
  const chunks = parts.map(sha1);
  const request = { checksum: sha1(whole), chunks, projects: ['shop'], version: 'shop@1' };
  expect((await call(assemble, org, request)).body).toEqual({
    state: 'not_found',
    missingChunks: chunks,
    detail: null,
  });
  expect((await call(sendChunks, org, form('file', chunks[0]!, parts[0]!))).status).toBe(200);
  expect((await call(assemble, org, request)).body).toMatchObject({ missingChunks: [chunks[1]] });
  expect((await call(sendChunks, org, form('file_gzip', chunks[1]!, gzipSync(parts[1]!)))).status).toBe(200);
  expect((await call(assemble, org, request)).body).toEqual({ state: 'ok', missingChunks: [], detail: null });
  const { rows } = await getPool().query(`SELECT url, debug_id FROM source_map WHERE release = 'shop@1'`);
  expect(rows).toEqual([{ url: '~/assets/app.js', debug_id: DEBUG_ID }]);
});

it('refuses parts that are not what they are called, and says what is wrong with the whole', async () => {
  const org = { org: 'errata' };
  expect((await call(sendChunks, org, form('file', 'a'.repeat(40), Buffer.from('x')))).status).toBe(400);
  const bytes = Buffer.from('no bundle');
  await call(sendChunks, org, form('file', sha1(bytes), bytes));
  const request = { checksum: sha1(bytes), chunks: [sha1(bytes)], projects: ['shop'], version: 'r' };
  expect((await call(assemble, org, request)).body).toMatchObject({
    state: 'error',
    detail: expect.stringContaining('zip'),
  });
  expect((await call(assemble, org, { ...request, projects: ['nowhere'] })).status).toBe(404);
  expect((await call(assemble, org, { ...request, checksum: '../../etc' })).status).toBe(422);
  expect((await call(assemble, org, request, 'read')).status).toBe(403);
});

it('lets tools name and finalize a release, and older ones send file by file', async () => {
  expect((await call(whoAmI, {}, undefined, 'read')).status).toBe(200);
  const named = await call(nameRelease, { org: 'errata' }, { version: 'shop@2', projects: ['shop'] });
  expect(named).toMatchObject({ status: 201, body: { version: 'shop@2', projects: [{ slug: 'shop', name: 'Shop' }] } });
  const finalized = await call(
    finalize,
    { org: 'errata', version: 'shop@2' },
    { dateReleased: '2026-11-22T02:08:42Z' },
  );
  expect(finalized.body).toMatchObject({ dateReleased: '2026-11-22T02:08:42Z' });
  const file = form('file', 'app.js.map', Buffer.from(MAP));
  file.append('name', '~/static/app.js.map');
  expect((await call(sendFile, { org: 'errata', project: 'shop', version: 'shop@2' }, file)).status).toBe(201);
  const { rows } = await getPool().query(`SELECT url FROM source_map WHERE release = 'shop@2'`);
  expect(rows).toEqual([{ url: '~/static/app.js' }]);
});
