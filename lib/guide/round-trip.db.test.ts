import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addImage, readImage } from '../knowledge/entry-images.server';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { importDocuments } from '../knowledge/import-document.server';
import { readImportBody } from '../knowledge/read-import-body.server';
import { createEntry } from '../knowledge/save-entry.server';
import { archiveWithPictures } from './archive-pictures.server';
import { guideFiles } from './entry-file';
import { guideArchive } from './guide-archive';
import { guideFixture } from './guide-fixture';
import { guideJson, knowledgeBaseJson } from './guide-json';
import { loadGuide } from './load-guide.server';
import { renderGuide } from './render-guide';

const database = useTestDatabase();
const viewer = systemViewer('test');
const now = new Date('2024-06-01T12:00:00Z');
const ALL = { status: ['draft', 'in_review', 'published', 'retired'] as const };

const load = () => loadGuide({ viewer, filter: { status: [...ALL.status] }, now });

async function send(body: BodyInit, type: string, document?: string) {
  const request = new Request('http://x', { method: 'POST', body, headers: { 'content-type': type } });
  const read = await readImportBody(request, document);
  return importDocuments({ viewer, ...read, document: document ?? null, dryRun: false, publish: false, now });
}

/** Documents of other authors, to be exported once they are in. */
function documents(): { name: string; text: string }[] {
  const folders = ['lib/knowledge/fixtures', join(process.env.ERRATA_SHARED ?? '../shared', 'seeds')];
  return folders.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => /\.(?:md|txt)$/.test(name))
        .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
    } catch {
      return [];
    }
  });
}

describe('a guide taken to an empty Errata', () => {
  beforeEach(() => database.truncate());

  it.each([
    ['Markdown', () => send(renderGuide(guideFixture), 'text/markdown', 'guide.md'), renderGuide],
    ['JSON', () => send(guideJson(guideFixture), 'application/json'), guideJson],
    [
      'a zip',
      () => send(guideArchive(guideFiles(guideFixture)), 'application/zip'),
      (guide: typeof guideFixture) => JSON.stringify(guideFiles(guide)),
    ],
  ] as const)('is the same as %s', async (_form, bring, write) => {
    const report = await bring();
    expect(report.totals).toMatchObject({ created: 3, invalid: 0 });
    expect(report.documents.flatMap(({ lost_lines }) => lost_lines)).toEqual([]);
    const guide = await load();
    expect(write({ ...guide, title: guideFixture.title })).toBe(write(byNumber()));
  });

  it('keeps its title, and gives later entries later numbers', async () => {
    await send(renderGuide({ ...guideFixture, title: 'Our *errors*' }), 'text/markdown', 'guide.md');
    expect((await load()).title).toBe('Our *errors*');
    const entry = await createEntry({ viewer, input: entryInputSchema.parse({ title: 'Next' }), now });
    expect(entry.id).toBe('ERROR-013');
  });

  it('changes nothing the second time, under another name too', async () => {
    const text = renderGuide(guideFixture);
    await send(text, 'text/markdown', 'guide.md');
    expect((await send(text, 'text/markdown', 'guide.md')).totals).toMatchObject({ unchanged: 3, created: 0 });
    expect((await send(text, 'text/markdown', 'other.md')).totals).toMatchObject({ unchanged: 3, created: 0 });
    expect((await load()).sections).toHaveLength(2);
  });

  it('leaves an entry alone that has the same number and is another one', async () => {
    for (let at = 0; at < 7; at++)
      await createEntry({ viewer, input: entryInputSchema.parse({ title: `Own ${at}` }), now });
    const report = await send(renderGuide(guideFixture), 'text/markdown', 'guide.md');
    const moved = report.entries.find(({ title }) => title.startsWith('Worker'));
    expect(moved).toMatchObject({ action: 'created', id: 'ERROR-013' });
    expect(moved?.warnings).toEqual(['ERROR-007 is another entry here; came in as ERROR-013']);
    const entries = (await load()).entries;
    expect(entries.find(({ id }) => id === 'ERROR-007')?.title).toBe('Own 6');
    expect(entries.find(({ id }) => id === 'ERROR-012')?.related_entries).toEqual(['ERROR-013', 'OPS-9']);
  });

  it('brings its pictures along in a zip, seen in any folder, and the same bytes out again', async () => {
    const bytes = new Uint8Array([0x89, ...Buffer.from('PNG\r\n\x1a\n'), 1, 2, 3, 4]);
    const { url } = await addImage({ viewer, bytes, now });
    const input = entryInputSchema.parse({ title: 'Seen', status: 'published', symptoms: `Look: ![it](${url})` });
    await createEntry({ viewer, input, now });
    const archive = async () => archiveWithPictures(guideFiles(await load()));
    const first = await archive();
    const name = url.split('/').at(-1)!;
    const files = unzipSync(first);
    expect(files[`images/${name}`]).toEqual(bytes);
    expect(strFromU8(files['entries/ERROR-001-seen.md']!)).toContain(`![it](../images/${name})`);
    await database.truncate();
    await send(first, 'application/zip');
    expect((await load()).entries[0]?.symptoms).toBe(`Look: ![it](${url})`);
    expect((await readImage({ viewer, name })).bytes).toEqual(bytes);
    expect(await archive()).toEqual(first);
  });

  it('takes no picture that is not what it is named after', async () => {
    const name = `${'0'.repeat(64)}.png`;
    const bytes = new Uint8Array([0x89, ...Buffer.from('PNG\r\n\x1a\n'), 1, 2, 3, 4]);
    const page = { path: 'a.md', text: '# Errors\n\n## Issue: It hangs\n\n**Fix**: wait\n' };
    await send(guideArchive([page], [{ path: `images/${name}`, bytes }]), 'application/zip');
    expect(await getDb().entryImage.count()).toBe(0);
  });

  it('takes error_knowledge_base.json back', async () => {
    const text = knowledgeBaseJson(byNumber());
    expect((await send(text, 'application/json', 'error_knowledge_base.json')).totals).toMatchObject({ created: 3 });
    expect(knowledgeBaseJson(await load())).toBe(text);
  });

  it('writes the patterns of an older error_knowledge_base.json under their ids, with every word, the same each time', async () => {
    const known = {
      error_pattern: 'ECONNREFUSED 127.0.0.1:6379',
      root_cause: 'Redis was not up',
      solution: 'Start it.',
    };
    const older = { version: '1.0', patterns: { redis_down: { title: 'Redis refuses', occurrences: 12, ...known } } };
    const body = JSON.stringify(older);
    expect((await send(body, 'application/json', 'error_knowledge_base.json')).totals).toMatchObject({ created: 1 });
    const text = knowledgeBaseJson(await load());
    const patterns: Record<string, { external_id: string }> = JSON.parse(text).patterns;
    expect(Object.values(patterns).map(({ external_id }) => external_id)).toEqual(['redis_down']);
    for (const words of Object.values(known)) expect(text).toContain(words);
    await database.truncate();
    await send(text, 'application/json', 'error_knowledge_base.json');
    expect(knowledgeBaseJson(await load())).toBe(text);
  });

  it('is the same for all that other documents brought in', async () => {
    const brought = documents();
    await importDocuments({ viewer, documents: brought, dryRun: false, publish: true, now });
    const first = await load();
    const text = renderGuide(first);
    const json = guideJson(first);
    await database.truncate();
    const report = await send(text, 'text/markdown', 'guide.md');
    expect(report.totals).toMatchObject({ created: first.entries.length, invalid: 0, conflict: 0 });
    expect(renderGuide(await load())).toBe(text);
    await database.truncate();
    await send(json, 'application/json');
    expect(guideJson(await load())).toBe(json);
    expect(first.entries.length).toBeGreaterThan(30);
    expect(await getDb().entry.count({ where: { status: 'published' } })).toBe(first.entries.length);
  }, 60_000);
});

const byNumber = () => ({
  ...guideFixture,
  entries: [...guideFixture.entries].sort((a, b) => (a.id < b.id ? -1 : 1)),
  sections: [...guideFixture.sections].sort((a, b) => a.position - b.position),
});
