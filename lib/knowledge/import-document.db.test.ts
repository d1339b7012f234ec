import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../auth/permissions';
import { systemViewer, userViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { updateSettings } from '../settings/settings.server';
import { changeStatus } from './change-status.server';
import { entryPatchSchema } from './entry-input-schema';
import { ownDocuments } from './fixtures/sample-documents';
import { type ImportCall, importDocuments } from './import-document.server';
import { updateEntry } from './save-entry.server';

const database = useTestDatabase();
const now = new Date('2025-06-01T12:00:00Z');
const person = (role: Role) =>
  userViewer({ id: '00000000-0000-4000-8000-000000000001', name: 'Ann', email: 'ann@errata.test', role });
const reviewer = person('reviewer');
const run = (call: Partial<ImportCall>) =>
  importDocuments({ viewer: reviewer, dryRun: false, publish: false, now, ...call });
const markdown = (text: string, call: Partial<ImportCall> = {}) =>
  run({ documents: [{ name: 'log.md', text }], ...call });

const LOG =
  '# Log\n\n## Issue: It hangs\n\n**Cause**: a lock\n\n**Fix**: let go\n\n## Issue: It burns\n\n**Fix**: water\n\n## House rules\n\nBe kind.\n';
const actions = async (promise: ReturnType<typeof run>) => (await promise).entries.map((entry) => entry.action);

beforeEach(() => database.truncate());

describe('importing Markdown', () => {
  it('creates drafts with their source, a revision and guide sections', async () => {
    const report = await markdown(LOG);
    expect(report.totals).toEqual({ created: 2, updated: 0, unchanged: 0, conflict: 0, invalid: 0 });
    expect(report.entries[0]).toMatchObject({
      id: 'ERROR-001',
      status: 'draft',
      line: 3,
      document: 'log.md',
      fields: ['symptoms', 'root_cause', 'solutions'],
    });
    expect(report.documents[0]!.lost_lines).toEqual([]);
    const row = await getDb().entry.findUniqueOrThrow({ where: { id: 1 }, include: { revisions: true } });
    expect(row).toMatchObject({ origin: 'import', status: 'draft', version: 1, importVersion: 1, updatedBy: 'Ann' });
    expect(row.searchText).toContain('a lock');
    expect(row.revisions).toMatchObject([{ version: 1, action: 'imported', authorName: 'Ann' }]);
    expect(await getDb().guideSection.findMany({ select: { slug: true, body: true } })).toEqual([
      { slug: 'house-rules', body: 'Be kind.' },
    ]);
  });

  it('changes nothing the second time', async () => {
    await markdown(LOG);
    const again = await markdown(LOG);
    expect(again.totals).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
    expect(again.section_totals).toMatchObject({ unchanged: 1, created: 0 });
    expect(await getDb().revision.count()).toBe(2);
  });

  it('changes nothing on a dry run, and tells the same', async () => {
    const dry = await markdown(LOG, { dryRun: true });
    expect(await getDb().entry.count()).toBe(0);
    expect(await getDb().guideSection.count()).toBe(0);
    expect(dry.totals.created).toBe(2);
    expect(dry.entries[0]!.id).toBeNull();
  });

  it('updates what the document changed, with a revision', async () => {
    await markdown(LOG);
    const report = await markdown(LOG.replace('let go', 'let it go').replace('Be kind', 'Be very kind'));
    expect(report.entries.map(({ action, id }) => [action, id])).toEqual([
      ['updated', 'ERROR-001'],
      ['unchanged', 'ERROR-002'],
    ]);
    expect(report.sections.map((section) => section.action)).toEqual(['updated']);
    const row = await getDb().entry.findUniqueOrThrow({ where: { id: 1 } });
    expect([row.version, row.importVersion]).toEqual([2, 2]);
    expect(await actions(markdown(LOG))).toEqual(['updated', 'unchanged']);
  });

  it('does not overwrite what was edited in Errata since, and says so', async () => {
    await markdown(LOG);
    await updateEntry({ viewer: reviewer, id: 'ERROR-001', patch: entryPatchSchema.parse({ notes: 'mine' }), now });
    expect(await actions(markdown(LOG))).toEqual(['unchanged', 'unchanged']);
    const report = await markdown(LOG.replace('let go', 'let it go'));
    expect(report.entries.map((entry) => entry.action)).toEqual(['conflict', 'unchanged']);
    expect(report.entries[0]!.warnings).toContain('edited in Errata since it was imported; left as it is');
    const row = await getDb().entry.findUniqueOrThrow({ where: { id: 1 } });
    expect(row.content).toMatchObject({ notes: 'mine', solutions: [{ steps: 'let go' }] });
  });

  it('updates a section only while nobody edited it here', async () => {
    await markdown(LOG);
    await getDb().guideSection.update({ where: { slug: 'house-rules' }, data: { body: 'Mine.', version: 2 } });
    expect((await markdown(LOG.replace('Be kind', 'Be quick'))).sections[0]!.action).toBe('conflict');
  });

  it('tells which entries are gone from the document and leaves them', async () => {
    await markdown(LOG);
    await run({ documents: [{ name: 'log-md', text: LOG }] });
    const report = await markdown('# Log\n\n## Issue: It hangs\n\n**Cause**: a lock\n\n**Fix**: let go\n');
    expect(report.documents[0]!.vanished).toEqual([{ id: 'ERROR-002', title: 'It burns' }]);
    expect(await getDb().entry.count()).toBe(4);
  });

  it('publishes when asked, with signatures and word to the matching job', async () => {
    await markdown(
      '## Issue: It hangs\n\n**Symptoms**:\n```\nLockHeldError: lock 7 held by worker-3\n```\n\n**Fix**: let go\n',
      { publish: true },
    );
    const row = await getDb().entry.findUniqueOrThrow({ where: { id: 1 }, include: { signatures: true } });
    expect([row.status, row.publishedAt?.toISOString()]).toEqual(['published', now.toISOString()]);
    expect(row.signatures.map((signature) => signature.value)).toContain('LockHeldError: lock <*> held by worker-<*>');
    const { rows } = await getPool().query(
      "SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'knowledge.changed'",
    );
    expect(rows.map((job) => job.payload)).toContainEqual({ entryIds: [1] });
  });

  it('publishes drafts of an earlier import, and leaves retired ones retired', async () => {
    await markdown(LOG);
    await changeStatus({ viewer: reviewer, id: 'ERROR-002', action: 'retire', now });
    const report = await markdown(LOG, { publish: true });
    expect(report.entries.map(({ action, status }) => [action, status])).toEqual([
      ['updated', 'published'],
      ['unchanged', 'retired'],
    ]);
  });

  it('leaves publishing to a second person where the workspace asks for it', async () => {
    await updateSettings({ viewer: systemViewer(), changes: { four_eyes: true } });
    const report = await markdown(LOG, { publish: true });
    expect(report.entries.map((entry) => entry.status)).toEqual(['in_review', 'in_review']);
    expect(report.entries[0]!.warnings).toContain('waits for review: this workspace asks for four eyes');
  });

  it('refuses whoever may not write, and whoever may not publish', async () => {
    await expect(markdown(LOG, { viewer: person('viewer') })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(markdown(LOG, { viewer: person('engineer'), publish: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await getDb().entry.count()).toBe(0);
  });

  it('takes all documents of the fixtures twice without a change', async () => {
    const documents = ownDocuments();
    const count = documents.reduce((sum, { entries = 0 }) => sum + entries, 0);
    const first = await run({ documents, publish: true });
    expect(first.totals).toMatchObject({ created: count, invalid: 0 });
    expect(first.documents.flatMap((document) => document.lost_lines)).toEqual([]);
    const second = await run({ documents, publish: true });
    expect(second.totals).toMatchObject({ unchanged: count, updated: 0, created: 0 });
    expect(second.section_totals).toMatchObject({ updated: 0, created: 0, conflict: 0 });
  });
});

describe('importing JSON', () => {
  const entry = (n: number, more: object = {}) => ({
    external_id: `kb:${n}`,
    title: `Error ${n}`,
    symptoms: `boom ${n}`,
    status: 'published',
    ...more,
  });

  it('recognises an entry by its external id', async () => {
    await run({ entries: [entry(1)] });
    expect(await actions(run({ entries: [entry(1), entry(2)] }))).toEqual(['unchanged', 'created']);
    const report = await run({ entries: [entry(1, { symptoms: 'bang' })] });
    expect(report.entries[0]).toMatchObject({ action: 'updated', id: 'ERROR-001', external_id: 'kb:1' });
  });

  it('keeps the good ones and names what is wrong with each bad one', async () => {
    const report = await run({ entries: [entry(1), { title: 'x', tags: 7 }, entry(1), entry(3)] });
    expect(report.entries.map((one) => one.action)).toEqual(['created', 'invalid', 'invalid', 'created']);
    expect(report.entries[1]!.errors[0]!.field).toBe('tags');
    expect(report.entries[2]!.errors[0]).toEqual({
      field: 'external_id',
      message: 'the same as item 1 of this import',
    });
  });

  it('stores texts that PostgreSQL has no room for', async () => {
    const report = await run({ entries: [entry(1, { symptoms: 'a\u0000b \ud800' })] });
    expect(report.totals.created).toBe(1);
    expect(await actions(run({ entries: [entry(1, { symptoms: 'a\u0000b \ud800' })] }))).toEqual(['unchanged']);
  });

  it('writes two thousand entries with a handful of statements', async () => {
    const entries = Array.from({ length: 2000 }, (_, n) => entry(n));
    // The clock of a busy machine says little; the processor time of a statement an entry would be many times this.
    const before = process.cpuUsage();
    expect((await run({ entries })).totals.created).toBe(2000);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000);
    expect((await run({ entries })).totals.unchanged).toBe(2000);
    expect(await getDb().revision.count()).toBe(2000);
  });

  it('lets two imports of the same entries make each once', async () => {
    const reports = await Promise.all([run({ entries: [entry(1)] }), run({ entries: [entry(1)] })]);
    expect(reports.flatMap((report) => report.entries.map((one) => one.action)).sort()).toEqual([
      'created',
      'unchanged',
    ]);
  });
});
