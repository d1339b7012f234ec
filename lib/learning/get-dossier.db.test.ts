import { beforeEach, expect, it } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getDb, getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { addEvent, makeIssue, makeProject } from '../issues/issue-fixture';
import { entryInputSchema } from '../knowledge/entry-input-schema';
import { createEntry, updateEntry } from '../knowledge/save-entry.server';
import { DAY_MS, HOUR_MS } from '../time';
import { getDossier } from './get-dossier.server';

const database = useTestDatabase();
const viewer = systemViewer();
const now = new Date('2026-06-30T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

let project: number;
let entry: number;
const dossier = (number: number) => getDossier({ viewer, issueId: `SHOP-${number}`, now });

async function fixed(number: number, over: { service?: string; appliedAt: Date; verdict?: string; title?: string }) {
  const { appliedAt, verdict = 'watching', service = 'orders', title = 'PoolTimeout: pool of 10' } = over;
  const times = Array.from({ length: 24 }, (_, i) => new Date(appliedAt.getTime() - (i + 1) * HOUR_MS));
  const { hash } = await makeIssue({ projectId: project, number, title, service, times });
  await getDb().fix.create({
    data: {
      projectId: project,
      issueNumber: number,
      entryId: entry,
      appliedAt,
      appliedName: 'Rita',
      release: '1.0.0',
      baselineRate: 1,
      issueFirstSeen: times.at(-1) as Date,
      verdict,
      verdictAt: verdict === 'watching' ? null : ago(DAY_MS),
    },
  });
  return hash;
}

beforeEach(async () => {
  await database.truncate();
  project = await makeProject('shop');
  const input = entryInputSchema.parse({
    title: 'Pool exhausted',
    status: 'published',
    prevention: [{ text: 'Alert on waiters' }, { text: 'Load test', done: true }],
  });
  entry = Number((await createEntry({ viewer, input, now: ago(60 * DAY_MS) })).id.slice(6));
});

it('tells how many events were due since the fix and how many came', async () => {
  await fixed(1, { appliedAt: ago(2 * DAY_MS) });
  const { fixes, recurrence, transfer } = await dossier(1);
  expect(fixes).toMatchObject([{ entry: 'ERROR-001', applied_by: 'Rita', expected: 48, seen: 0, verdict: 'watching' }]);
  const before = fixes[0]?.points.filter((point) => !point.after) ?? [];
  expect(before.reduce((sum, point) => sum + point.events, 0)).toBe(24);
  expect(recurrence).toBeNull();
  expect(transfer).toBeNull();
});

it('collects what changed since a fix that did not hold', async () => {
  const appliedAt = ago(5 * DAY_MS);
  const hash = await fixed(1, { appliedAt, verdict: 'recurred' });
  const event = await addEvent(
    { projectId: project, number: 1, title: 'PoolTimeout: pool of 20', release: '1.1.0' },
    hash,
    ago(DAY_MS),
  );
  await getDb().fix.updateMany({ data: { recurredEvent: event } });
  await getPool().query('INSERT INTO release (project_id, version, first_seen) VALUES ($1, $2, $3)', [
    project,
    '1.1.0',
    ago(2 * DAY_MS),
  ]);
  await updateEntry({
    viewer,
    id: 'ERROR-001',
    patch: { root_cause: 'Found later', reason: 'More is known' },
    now: ago(3 * DAY_MS),
  });
  expect((await dossier(1)).recurrence).toMatchObject({
    entry: 'ERROR-001',
    approved_by: 'Rita',
    release: '1.0.0',
    recurred_event: event,
    recurred_release: '1.1.0',
    releases: [{ version: '1.1.0' }],
    revisions: [{ version: 2, action: 'edited', reason: 'More is known' }],
    messages: { before: expect.stringContaining('pool of 10'), after: expect.stringContaining('pool of 20') },
    prevention_undone: [{ text: 'Alert on waiters' }],
  });
});

it('says which services had the fix before this one', async () => {
  await fixed(1, { appliedAt: ago(9 * DAY_MS), service: 'orders' });
  await fixed(2, { appliedAt: ago(2 * DAY_MS), service: 'billing' });
  expect((await dossier(2)).transfer).toEqual({ entry: 'ERROR-001', services: ['orders'], first_here: true });
  expect((await dossier(1)).transfer).toBeNull();
});
