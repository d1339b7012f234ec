import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { entryInputSchema, entryPatchSchema } from '../knowledge/entry-input-schema';
import { getEntry } from '../knowledge/get-entry.server';
import { applyPack, listPacks } from '../knowledge/packs.server';
import { createEntry, updateEntry } from '../knowledge/save-entry.server';
import { exportPack } from './export-pack.server';

const database = useTestDatabase();
const viewer = systemViewer('test');
const now = new Date('2024-06-01T12:00:00Z');

const info = { name: 'postgres', version: '1.0.0', title: 'PostgreSQL', licence: 'CC0-1.0', description: '' };
const add = (fields: object) =>
  createEntry({ viewer, input: entryInputSchema.parse({ status: 'published', ...fields }), now });
const apply = (bytes: Uint8Array, more: object = {}) =>
  applyPack({ viewer, bytes, source: 'pack.zip', dryRun: false, publish: true, now, ...more });
const edit = (id: string, patch: object) =>
  updateEntry({ viewer, id, patch: entryPatchSchema.parse(patch), now } as Parameters<typeof updateEntry>[0]);

/** A pack made elsewhere: two entries, as the next version of it says them. */
async function makePack(version: string, fields: object = {}): Promise<Uint8Array> {
  await database.truncate();
  await add({ title: 'No lease', category: 'Database', symptoms: 'Hangs', root_cause: 'Leak', ...fields });
  await add({ title: 'Disk is full', category: 'Database', symptoms: 'ENOSPC' });
  await add({ title: 'Not in it', category: 'Network' });
  return exportPack({ viewer, info: { ...info, version }, filter: { category: 'Database' }, now });
}

let first: Uint8Array;
let second: Uint8Array;

beforeEach(async () => {
  second = await makePack('1.1.0', { symptoms: 'Hangs for 30 s', root_cause: 'A session is never returned' });
  first = await makePack('1.0.0');
  await database.truncate();
});

describe('a pack', () => {
  it('shows what it brings before it does, then brings it', async () => {
    await add({ title: 'Ours' });
    const shown = await apply(first, { dryRun: true });
    expect(shown).toMatchObject({ dry_run: true, applied_version: null, pack: info });
    expect(shown.entries.map(({ action, title }) => [action, title])).toEqual([
      ['new', 'No lease'],
      ['new', 'Disk is full'],
    ]);
    expect(await getDb().entry.count()).toBe(1);
    const done = await apply(first, { digest: shown.digest });
    expect(done.entries.map(({ id }) => id)).toEqual(['ERROR-002', 'ERROR-003']);
    expect(await listPacks({ viewer })).toMatchObject([{ name: 'postgres', version: '1.0.0', entries: 2 }]);
    expect((await apply(first, { dryRun: true })).entries.map(({ action }) => action)).toEqual(['same', 'same']);
  });

  it('updates what nobody changed here and leaves what somebody did', async () => {
    await apply(first);
    await edit('ERROR-001', { root_cause: 'Our own finding', notes: 'Ours' });
    const shown = await apply(second, { dryRun: true });
    expect(shown.applied_version).toBe('1.0.0');
    expect(shown.entries[0]).toMatchObject({
      action: 'changed',
      fields: [
        { field: 'symptoms', here: 'Hangs', pack: 'Hangs for 30 s', outcome: 'take' },
        { field: 'root_cause', outcome: 'conflict' },
        { field: 'notes', here: 'Ours', pack: '', outcome: 'keep' },
      ],
    });
    await apply(second);
    expect(await getEntry({ viewer, id: 'ERROR-001', now })).toMatchObject({
      ...{ symptoms: 'Hangs for 30 s', root_cause: 'Our own finding', notes: 'Ours', status: 'published' },
    });
    expect((await apply(second, { dryRun: true })).entries[0]).toMatchObject({ action: 'kept' });
  });

  it('does not bring back what was deleted', async () => {
    await apply(first);
    await getDb().entry.delete({ where: { id: 1 } });
    expect((await apply(second)).entries[0]).toMatchObject({ action: 'deleted', id: null });
    expect(await getDb().entry.count()).toBe(1);
  });

  it('is only applied as it was shown', async () => {
    const { digest } = await apply(first, { dryRun: true });
    await expect(apply(second, { digest })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes its good entries where one is bad', async () => {
    const files = unzipSync(first);
    const [path = ''] = Object.keys(files).filter((name) => name.startsWith('entries/ERROR-001'));
    files[path] = strToU8(strFromU8(files[path]!).replace('category: Database', 'severity: enormous'));
    const report = await apply(zipSync(files));
    expect(report.entries.map(({ action }) => action)).toEqual(['invalid', 'new']);
    expect(report.entries[0]?.errors[0]).toContain('severity');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['words', strToU8('no zip')],
    ['a zip without a manifest', zipSync({ 'a.md': strToU8('# A') })],
    ['a manifest that is no JSON', zipSync({ 'errata-pack.json': strToU8('{') })],
    ['a manifest of something else', zipSync({ 'errata-pack.json': strToU8('{"format":"x"}') })],
  ])('is not %s', async (_what, bytes) => {
    await expect(apply(bytes)).rejects.toMatchObject({ code: 'bad_request' });
  });
});
