import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { disconnectDb } from '../db/client.server';
import type { Frame } from '../ingest/event-schema';
import { KEY, lines, newId, PROJECT } from '../ingest/sentry-fixtures';
import { useTestCapture } from '../ingest/test-capture';
import { getEvent } from '../issues/get-event.server';
import { keepUpload } from './keep-upload.server';
import { listSourceMapReleases } from './list-releases.server';
import { sourceMapsFolder } from './maps-folder.server';
import { deleteSourceMaps, makeRoom, pruneSourceMaps } from './prune-maps.server';

const capture = useTestCapture();
const viewer = systemViewer();
const now = new Date('2026-11-20T12:00:00Z');

const SOURCES = {
  'main.ts': `import { checkout } from './cart';\nfunction submitOrder(order: { items: unknown[] }) {\n  return checkout(order);\n}\nsubmitOrder(JSON.parse('{}'));\n`,
  'cart.ts': `/** Adds up. */\nexport function checkout(order: { items: unknown[] }) {\n  if (!order.items.length) {\n    return 0;\n  }\n  return order.items.length;\n}\n`,
};
let script: string;
let map: string;
/** Frames of the bundle as a browser tells them, caller first. */
let frames: Frame[];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'errata-bundle-'));
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.ts')],
    outfile: join(folder, 'out/app.js'),
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    write: false,
  });
  rmSync(folder, { recursive: true });
  script = outputFiles.find(({ path }) => path.endsWith('.js'))!.text;
  map = outputFiles.find(({ path }) => path.endsWith('.map'))!.text;
  const stack = (() => {
    try {
      new Function(script)();
    } catch (error) {
      return (error as Error).stack!;
    }
    throw new Error('the bundle was to fail');
  })();
  // A function's body begins on the third line of what the engine runs.
  frames = [...stack.matchAll(/<anonymous>:(\d+):(\d+)/g)]
    .map(([, line, column]) => ({
      function: 'r',
      filename: 'https://shop.test/assets/app.js',
      lineno: Number(line) - 2,
      colno: Number(column),
      in_app: true,
    }))
    .reverse();
});

// Each test has releases of its own: what was looked up is believed for two seconds.
beforeEach(() => rmSync(sourceMapsFolder(), { recursive: true, force: true }));
afterAll(() => disconnectDb());

const archive = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

const upload = (bytes: Uint8Array, of: { release?: string; dist?: string; url?: string } = {}) =>
  keepUpload({ viewer, projectId: PROJECT, bytes, of: { release: '', dist: '', ...of }, now });

async function send(event: object = {}): Promise<string> {
  const id = newId();
  const body = lines(
    {},
    { type: 'event' },
    {
      event_id: id,
      platform: 'javascript',
      release: 'shop@1',
      exception: { values: [{ type: 'TypeError', value: 'x is undefined', stacktrace: { frames } }] },
      ...event,
    },
  );
  const answer = await capture.send({ url: `/api/42/envelope/?sentry_key=${KEY}`, headers: ['Host', 'x'], body });
  expect(answer.status).toBe(200);
  return id;
}
const topFrame = (exceptions: { frames?: Frame[] }[]): Frame => exceptions.at(-1)!.frames!.at(-1)!;
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[0-9a-f]{64}$/.test(name))
    .map((name) => join(folder, name));
const filesOnDisk = (): number => filesOf(sourceMapsFolder()).length;

describe('an event of a minified script', () => {
  it('is grouped and stored as it was written when the map of its release came before it', async () => {
    const { stored } = await upload(archive({ 'assets/app.js': script, 'assets/app.js.map': map }), {
      release: 'shop@1',
    });
    expect(stored.map(({ url }) => url)).toEqual(['~/assets/app.js']);
    await send();
    const { data } = await capture.onlyEvent();
    const frame = topFrame(data.exceptions);
    expect(frame).toMatchObject({
      function: 'checkout',
      filename: 'cart.ts',
      lineno: 3,
      context_line: '  if (!order.items.length) {',
      in_app: true,
      minified: { function: 'r', filename: 'https://shop.test/assets/app.js', lineno: frames.at(-1)!.lineno },
    });
    expect(frame.pre_context).toEqual(['/** Adds up. */', 'export function checkout(order: { items: unknown[] }) {']);
    expect(data.exceptions[0]!.frames!.map(({ function: name }) => name)).toContain('submitOrder');
    const { rows } = await capture.pool.query('SELECT parts FROM grouping');
    expect(JSON.stringify(rows[0].parts)).toContain('cart.ts checkout');
  });

  it('is found by its debug id, whatever its release and address', async () => {
    const debugId = '6f1c8d6e-0a44-4b52-9b7e-1f2a3b4c5d6e';
    await upload(archive({ 'x/app.js': `${script}\n//# debugId=${debugId}`, 'x/app.js.map': map }));
    const images = [{ type: 'sourcemap', code_file: frames[0]!.filename, debug_id: debugId.replaceAll('-', '') }];
    await send({ release: undefined, debug_meta: { images } });
    expect(topFrame((await capture.onlyEvent()).data.exceptions).function).toBe('checkout');
  });

  it('is mapped when it is looked at, if its map came later; until then the page says what is missing', async () => {
    const id = await send({ release: 'late@1' });
    const before = await getEvent({ viewer, eventId: id });
    expect(before.missing_source_maps).toEqual([]);
    const wide = frames.map((frame) => ({ ...frame, filename: 'https://shop.test/assets/app-3f2a9c1b.js' }));
    const other = await send({
      release: 'late@1',
      exception: { values: [{ type: 'E', stacktrace: { frames: wide } }] },
    });
    expect((await getEvent({ viewer, eventId: other })).missing_source_maps).toEqual([
      { url: 'https://shop.test/assets/app-3f2a9c1b.js', release: 'late@1', dist: null, debug_id: null },
    ]);
    await upload(Buffer.from(map), { release: 'late@1', url: '~/assets/app.js' });
    expect(topFrame((await getEvent({ viewer, eventId: id })).exceptions).function).toBe('checkout');
    expect(
      topFrame((await capture.stored()).find(({ data }) => data.id === id)!.data.exceptions).minified,
    ).toBeUndefined();
  });

  it('stays as it came with the map of another release, a file that was damaged or a place the map does not know', async () => {
    await upload(archive({ 'assets/app.js.map': map }), { release: 'shop@2' });
    await upload(archive({ 'assets/app.js.map': `${map} ` }), { release: 'shop@3' });
    for (const name of filesOf(sourceMapsFolder())) writeFileSync(name, 'not what was written');
    await upload(archive({ 'assets/app.js.map': map }), { release: 'shop@4' });
    const far = frames.map((frame) => ({ ...frame, lineno: 900, colno: 9 }));
    await send({ release: 'bare@1' });
    await send({ release: 'shop@3' });
    await send({ release: 'shop@4', exception: { values: [{ type: 'E', stacktrace: { frames: far } }] } });
    const rows = await capture.stored();
    expect(rows).toHaveLength(3);
    for (const { data } of rows)
      expect(topFrame(data.exceptions)).toMatchObject({ function: 'r', colno: expect.any(Number) });
  });

  it('is mapped by its own release, though another told the same stack before', async () => {
    await upload(archive({ 'assets/app.js.map': map }), { release: 'text@2' });
    const lines = [...frames].reverse().map((at) => `    at r (${at.filename}:${at.lineno}:${at.colno})`);
    for (const release of ['text@1', 'text@2', 'text@1']) {
      const report = {
        service: 'web',
        context: 'checkout',
        error_type: 'TypeError',
        error_message: `of ${release}`,
        severity: 'high',
        release,
        stack_trace: ['TypeError: x', ...lines].join('\n'),
      };
      const headers = ['Host', 'x', 'Authorization', `Bearer ${KEY}`, 'Content-Type', 'application/json'];
      const answer = await capture.send({ url: '/errors', headers, body: Buffer.from(JSON.stringify(report)) });
      expect(answer.status).toBe(201);
    }
    const told = (await capture.stored()).map(({ data }) => [data.release, topFrame(data.exceptions).function]);
    expect(told.sort()).toEqual([
      ['text@1', 'r'],
      ['text@1', 'r'],
      ['text@2', 'checkout'],
    ]);
  });

  it('does not wait for the others of its batch that have no map', async () => {
    await upload(archive({ 'assets/app.js.map': map }), { release: 'batch@1' });
    await Promise.all([
      send({ release: 'batch@1' }),
      send({ platform: 'python', release: 'api@1' }),
      send({ release: 'shop@9' }),
    ]);
    const names = (await capture.stored()).map(({ data }) => topFrame(data.exceptions).function).sort();
    expect(names).toEqual(['checkout', 'r', 'r']);
  });
});

describe('uploads', () => {
  it('replace what was there for the same script, and keep equal maps once', async () => {
    await upload(archive({ 'a.js.map': map, 'b.js.map': map }), { release: 'one' });
    await upload(archive({ 'a.js.map': map }), { release: 'two' });
    await upload(archive({ 'a.js.map': map }), { release: 'one' });
    expect(filesOnDisk()).toBe(1);
    const releases = await listSourceMapReleases({ viewer, projectId: PROJECT });
    expect(releases.map(({ release, scripts }) => [release, scripts]).sort()).toEqual([
      ['one', 2],
      ['two', 1],
    ]);
  });

  it('name what they could not take', async () => {
    const done = await upload(archive({ 'a.js.map': 'no json', 'b.js.map': '{}', 'c.js.map': map }), { release: 'r' });
    expect(done.stored).toHaveLength(1);
    expect(done.skipped).toEqual([
      { file: 'a.js.map', why: 'not JSON' },
      { file: 'b.js.map', why: 'no source map: no mappings' },
    ]);
    expect((await upload(archive({ 'c.js.map': map }))).skipped).toEqual([
      { file: '~/c.js', why: 'neither a release nor a debug id' },
    ]);
    await expect(upload(Buffer.from('hello'), { release: 'r', url: '~/a.js' })).rejects.toThrow(
      'neither a zip archive',
    );
    await expect(upload(Buffer.from(map), { release: 'r' })).rejects.toThrow('expected the address of the script');
    await expect(upload(Buffer.from('PK\x03\x04damaged'), { release: 'r' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('never write where the archive says', async () => {
    const { stored } = await upload(archive({ '../../../../tmp/errata-slip.js.map': map }), { release: 'r' });
    expect(stored[0]!.url).not.toMatch(/^\//);
    expect(filesOnDisk()).toBeGreaterThan(0);
    expect(readdirSync('/tmp')).not.toContain('errata-slip.js.map');
  });

  it('stop at an archive that unpacks to more than is allowed', async () => {
    const bomb = zipSync({ 'a.js.map': new Uint8Array(80 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(200_000);
    await expect(upload(bomb, { release: 'r' })).rejects.toMatchObject({ code: 'payload_too_large' });
  });
});

describe('maps that nobody needs', () => {
  it('go with their release when somebody deletes it, but for files that others share', async () => {
    await upload(archive({ 'a.js.map': map }), { release: 'one' });
    await upload(archive({ 'a.js.map': map, 'b.js.map': `${map} ` }), { release: 'two' });
    await deleteSourceMaps({ viewer, projectId: PROJECT, release: 'two' });
    expect(await listSourceMapReleases({ viewer, projectId: PROJECT })).toHaveLength(1);
    expect(filesOnDisk()).toBe(1);
    await expect(deleteSourceMaps({ viewer, projectId: PROJECT, release: 'two' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('go once no event has asked for them as long as events are kept', async () => {
    await upload(archive({ 'a.js.map': map }), { release: 'old' });
    expect(await pruneSourceMaps(new Date(now.getTime() + 10 * 86_400_000))).toBe(0);
    expect(await pruneSourceMaps(new Date(now.getTime() + 4000 * 86_400_000))).toBe(1);
  });

  it('give way, those used longest ago first, when a project has more than its share', async () => {
    await upload(archive({ 'a.js.map': map }), { release: 'old' });
    await upload(archive({ 'a.js.map': map }), { release: 'new' });
    await capture.pool.query(`UPDATE source_map SET used_at = used_at - interval '1 day' WHERE release = 'old'`);
    expect(await makeRoom(PROJECT, map.length + 10)).toBe(1);
    expect((await listSourceMapReleases({ viewer, projectId: PROJECT })).map(({ release }) => release)).toEqual([
      'new',
    ]);
  });
});
