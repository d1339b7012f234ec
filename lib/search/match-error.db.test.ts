import { Client } from 'pg';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { systemViewer } from '../auth/viewer';
import { getPool } from '../db/client.server';
import { useTestDatabase } from '../db/test-database';
import { env } from '../env.server';
import { changeStatus } from '../knowledge/change-status.server';
import { deleteEntry } from '../knowledge/delete-entry.server';
import { entryInputSchema, entryPatchSchema } from '../knowledge/entry-input-schema';
import { createEntry, updateEntry } from '../knowledge/save-entry.server';
import { warmEntryIndex } from './entry-index.server';
import { matchError } from './match-error.server';

useTestDatabase();
const viewer = systemViewer();

const publish = (fields: object, at = new Date()) =>
  createEntry({ viewer, input: entryInputSchema.parse({ status: 'published', ...fields }), now: at });
const ask = async (error_message: string) => (await matchError({ viewer, error: { error_message } })).data;
const names = async (message: string) => (await ask(message)).map((match) => match.entry);

const POOL = 'PoolTimeout: no connection became free within 30 s (pool of 10)';

describe('matchError', () => {
  let pool: string;
  beforeAll(async () => {
    pool = (await publish({ title: 'Pool exhausted', symptoms: POOL })).id;
    await publish({ title: 'Certificate expired', symptoms: 'CERT_HAS_EXPIRED: certificate has expired' });
  });

  it('answers with the published entry, its title, its confidence and why', async () => {
    const { data, abstained } = await matchError({ viewer, error: { error_message: POOL } });
    expect(data[0]).toMatchObject({ entry: pool, title: 'Pool exhausted' });
    expect(data[0]?.confidence).toBeGreaterThan(0.8);
    expect(data[0]?.evidence.length).toBeGreaterThan(1);
    expect(abstained).toBe(false);
  });

  it('abstains where nothing is known', async () => {
    const { abstained } = await matchError({ viewer, error: { error_message: 'segfault at 0 ip 00007f' } });
    expect(abstained).toBe(true);
  });

  it('follows publish, edit and retire at once', async () => {
    const message = 'QuotaExceeded: bucket invoices-eu is full';
    const draft = await createEntry({
      viewer,
      input: entryInputSchema.parse({ title: 'Bucket full', symptoms: message }),
      now: new Date(),
    });
    expect(await names(message)).not.toContain(draft.id);
    await changeStatus({ viewer, id: draft.id, action: 'publish', now: new Date() });
    expect((await names(message))[0]).toBe(draft.id);
    await updateEntry({
      viewer,
      id: draft.id,
      patch: entryPatchSchema.parse({ title: 'Something else', symptoms: 'MailboxJammed: cannot deliver' }),
      now: new Date(),
    });
    expect(await names(message)).not.toContain(draft.id);
    expect((await names('MailboxJammed: cannot deliver'))[0]).toBe(draft.id);
    await changeStatus({ viewer, id: draft.id, action: 'retire', now: new Date() });
    expect(await names('MailboxJammed: cannot deliver')).not.toContain(draft.id);
    await changeStatus({ viewer, id: draft.id, action: 'publish', now: new Date() });
    expect((await names('MailboxJammed: cannot deliver'))[0]).toBe(draft.id);
  });

  it('forgets an entry that was deleted', async () => {
    const { id } = await publish({ title: 'Deleted soon', symptoms: 'GhostError: boo' });
    expect((await names('GhostError: boo'))[0]).toBe(id);
    await deleteEntry({ viewer, id, now: new Date() });
    expect(await names('GhostError: boo')).not.toContain(id);
  });

  it('sees an entry that is dated back, as sample data is', async () => {
    const { id } = await publish({ title: 'Old news', symptoms: 'ElderError: dusty' }, new Date('2020-01-01'));
    expect((await names('ElderError: dusty'))[0]).toBe(id);
  });

  it('sees what a long transaction of another process wrote while it was asked', async () => {
    const { id } = await publish({ title: 'Written slowly', symptoms: 'SlowError: tick' });
    const other = new Client({ connectionString: env().DATABASE_URL });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query(
        `UPDATE entry SET version = version + 1, updated_at = now(), status = 'retired' WHERE id = $1`,
        [Number(id.slice(6))],
      );
      expect(await names('SlowError: tick')).toContain(id);
      await publish({ title: 'Meanwhile', symptoms: 'MeanwhileError' });
      expect((await names('MeanwhileError')).length).toBeGreaterThan(0);
      await other.query('COMMIT');
    } finally {
      await other.end();
    }
    expect(await names('SlowError: tick')).not.toContain(id);
  });

  it('is read ahead once: a call while that goes on waits for it and finds everything', async () => {
    Reflect.deleteProperty(globalThis, 'errataEntryIndex');
    const query = vi.spyOn(getPool(), 'query');
    const [, first, second] = await Promise.all([warmEntryIndex(), names(POOL), names(POOL)]);
    const read = query.mock.calls.filter(([sql]) => String(sql).includes('content FROM entry WHERE'));
    query.mockRestore();
    expect([first[0], second[0]]).toEqual([pool, pool]);
    expect(read).toHaveLength(1);
  });

  it('gives callers that ask at the same time the same answer', async () => {
    const { id } = await publish({ title: 'Rush', symptoms: 'RushError: everybody at once' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => names('RushError: everybody at once')));
    expect(answers.map((answer) => answer[0])).toEqual(Array(20).fill(id));
    const { rows } = await getPool().query("SELECT count(*)::int AS n FROM entry WHERE status = 'published'");
    expect(rows[0].n).toBeGreaterThan(5);
  });
});
