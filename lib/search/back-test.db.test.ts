import { beforeEach, describe, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { type EntryInput, entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry } from '../knowledge/save-entry.server';
import { backTest } from './back-test.server';

const database = useTestDatabase();
const viewer = systemViewer();
const now = new Date('2024-06-01T12:00:00Z');
const message = (value: string) => ({ kind: 'message' as const, value });

/** One event of each issue says `value`, unless `events` say otherwise. */
async function addIssue(number: number, value: string, events: string[] = [value], knownEntryId: number | null = null) {
  await getDb().issue.create({
    data: {
      ...{ projectId: 1, number, title: `Error: ${value}`, type: 'Error', value, level: 'error', service: 's' },
      ...{
        environment: 'e',
        firstSeen: now,
        lastSeen: now,
        statusChangedAt: now,
        eventCount: events.length,
        knownEntryId,
      },
    },
  });
  for (const [at, said] of events.entries())
    await getDb().event.create({
      data: {
        ...{ projectId: 1, time: now, id: `00000000-0000-4000-8000-${String(number * 100 + at).padStart(12, '0')}` },
        ...{ issueNumber: number, receivedAt: now, level: 'error', service: 's', environment: 'e', hash: 'h' },
        ...{ title: `Error: ${said}`, data: { exceptions: [{ type: 'Error', value: said }] } },
      },
    });
}
const publish = (fields: Partial<EntryInput>) =>
  createEntry({ viewer, input: entryInputSchema.parse({ title: 'Known', status: 'published', ...fields }), now });
const test = (value: string, entry: string | null = null) =>
  backTest({ viewer, input: { signatures: [message(value)], entry } });

beforeEach(async () => {
  await database.truncate();
  await getDb().project.create({ data: { slug: 'api', name: 'API', prefix: 'API' } });
});

describe('a back-test', () => {
  it('tells hits with an example, and of how many of the events read they hold', async () => {
    await addIssue(1, 'gate 1 is held for long', [
      'gate 1 is held for long',
      'gate 2 is held for long',
      'all is quiet',
    ]);
    await addIssue(2, 'another story');
    const { hits, signatures, progress, next_cursor } = await test('gate <*> is held for');
    expect(hits).toMatchObject({ issues: 1, data: [{ issue: { id: 'API-1' }, read: 3, matched: 2 }] });
    expect(hits.data[0]?.example.text).toContain('is held for long');
    expect(signatures).toEqual([{ issues: 1, events: 2, problem: null }]);
    expect(progress).toMatchObject({ issues: 2, issues_total: 2, events_total: 4 });
    expect(next_cursor).toBeNull();
  });

  it('finds events that read otherwise than their issue', async () => {
    await addIssue(1, 'one thing', ['one thing', 'gate 7 is held for long']);
    expect((await test('gate <*> is held for')).hits.data).toMatchObject([
      { issue: { id: 'API-1' }, matched: 1, read: 2 },
    ]);
  });

  it('tells which of its own issues it misses', async () => {
    const { id } = await publish({});
    await addIssue(1, 'gate 1 is held for long', undefined, Number(id.slice(6)));
    await addIssue(2, 'nothing alike', undefined, Number(id.slice(6)));
    const { misses, hits } = await test('gate <*> is held for', id);
    expect(misses.data.map(({ issue }) => issue.id)).toEqual(['API-2']);
    expect(hits.data).toMatchObject([{ own: true }]);
  });

  it('names other entries that claim the same issues, by their known fix or their signatures', async () => {
    const fixer = await publish({ title: 'Fixes it' });
    const alike = await publish({ title: 'Alike', signatures: [message('gate <*> is held for long')] });
    const own = await publish({ title: 'Own', signatures: [message('gate <*> is held for')] });
    await addIssue(1, 'gate 1 is held for long', undefined, Number(fixer.id.slice(6)));
    const { collisions } = await test('gate <*> is held for', own.id);
    expect(collisions.map(({ entry, examples }) => [entry, examples]).sort()).toEqual([
      [fixer.id, ['API-1']],
      [alike.id, ['API-1']],
    ]);
  });

  it('refuses signatures of which none can be used, naming the field', async () => {
    await expect(test('<*>')).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'signatures.0.value' }],
    });
  });
});
