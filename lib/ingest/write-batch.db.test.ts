import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '../db/test-database';
import { createCapturePool } from './capture-pool.server';
import { CountedPeople } from './counted-people';
import { hex, pendingEvent } from './ingest-fixtures';
import type { DropCounts, StoredEvent, WriteOutcome } from './pending-event';
import { writeBatch } from './write-batch.server';

const database = useTestDatabase();
const NOW = new Date('2026-11-20T10:00:05.000Z');
const NONE: DropCounts = new Map();
let pool: Pool;
let project: number;

beforeAll(() => {
  pool = createCapturePool(database.url, 4);
});
afterAll(() => pool.end());
beforeEach(async () => {
  await database.truncate();
  await pool.query('TRUNCATE graphile_worker._private_jobs').catch(() => {});
  const { rows } = await pool.query(
    `INSERT INTO project (slug, name, prefix) VALUES ('api', 'API', 'API') RETURNING id`,
  );
  project = rows[0].id;
});

const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await pool.query(sql, values)).rows;
const count = async (table: string): Promise<number> =>
  Number((await rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
const stored = (outcome: WriteOutcome | undefined): StoredEvent => {
  if (!outcome || 'refused' in outcome) throw new Error(`not stored: ${outcome?.refused}`);
  return outcome;
};
const counters = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await rows('SELECT name, value FROM capture_counter')).map((row) => [row.name, Number(row.value)]),
  );
const jobs = async (): Promise<string[]> =>
  (await rows('SELECT task_identifier FROM graphile_worker.jobs ORDER BY id')).map((row) =>
    String(row.task_identifier),
  );

async function expectCountersEqualRows(): Promise<void> {
  const events = await count('event');
  const [issue] = await rows('SELECT coalesce(sum(event_count), 0)::int AS n FROM issue');
  const [issueHours] = await rows('SELECT coalesce(sum(count), 0)::int AS n FROM issue_hour');
  const [projectHours] = await rows('SELECT coalesce(sum(count), 0)::int AS n FROM project_hour');
  expect([issue?.n, issueHours?.n, projectHours?.n, (await counters()).accepted ?? 0]).toEqual([
    events,
    events,
    events,
    events,
  ]);
}

describe('writeBatch', () => {
  it('opens one issue per hash and says which event opened it', async () => {
    const batch = [pendingEvent(project, 1, 7), pendingEvent(project, 2, 7), pendingEvent(project, 3, 8)];
    const outcomes = (await writeBatch(pool, batch, NONE, NOW)).map(stored);
    expect(outcomes.map(({ issueNumber, isNew }) => [issueNumber, isNew])).toEqual([
      [1, true],
      [1, false],
      [2, true],
    ]);
    expect(await jobs()).toEqual(['issue.match', 'issue.match']);
    expect((await rows('SELECT kind FROM turning_point')).map((row) => row.kind)).toEqual(['first_seen', 'first_seen']);
    expect(await count('issue_text')).toBe(2);
    await expectCountersEqualRows();
  });

  it('ignores a repeated event id, within a batch and across batches', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7), pendingEvent(project, 1, 7)], NONE, NOW);
    const [again] = await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    expect(stored(again)).toMatchObject({ duplicate: true, issueNumber: 1, isNew: false });
    expect(await counters()).toEqual({ received: 3, accepted: 1, duplicate: 2 });
    await expectCountersEqualRows();
  });

  it('knows a repeat that carries no time by its id', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7, { timeGiven: false })], NONE, NOW);
    const later = { timeGiven: false, timestamp: '2026-11-20T10:00:03.000Z', received_at: '2026-11-20T10:00:03.000Z' };
    const [again] = await writeBatch(pool, [pendingEvent(project, 1, 7, later)], NONE, NOW);
    expect(stored(again).duplicate).toBe(true);
    await expectCountersEqualRows();
  });

  it('knows it too when the clock was set forward by weeks meanwhile', async () => {
    const now = new Date();
    const at = (time: Date) => ({ timeGiven: false, timestamp: time.toISOString(), received_at: time.toISOString() });
    await writeBatch(pool, [pendingEvent(project, 1, 7, at(now))], NONE, now);
    const later = new Date(now.getTime() + 40 * 86_400_000);
    const [again] = await writeBatch(pool, [pendingEvent(project, 1, 7, at(later))], NONE, later);
    expect(stored(again).duplicate).toBe(true);
    const earlier = new Date(now.getTime() - 400 * 86_400_000);
    const [once] = await writeBatch(pool, [pendingEvent(project, 1, 7, at(earlier))], NONE, earlier);
    expect(stored(once).duplicate).toBe(true);
    await expectCountersEqualRows();
  });

  it('opens no empty issue for a repeated id with another error', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    const [again] = await writeBatch(pool, [pendingEvent(project, 1, 99)], NONE, NOW);
    expect(stored(again)).toMatchObject({ duplicate: true, issueNumber: 1 });
    expect(await count('issue')).toBe(1);
  });

  it('keeps events of two writers that meet the same new error in one issue', async () => {
    const other = createCapturePool(database.url, 4);
    const batch = (base: number) =>
      Array.from({ length: 40 }, (_, at) => pendingEvent(project, base + at, 100 + (base === 1 ? at : 39 - at)));
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        writeBatch(
          pool,
          batch(1).map((item, at) => ({ ...item, event: { ...item.event, id: hex(round * 1000 + at) } })),
          NONE,
          NOW,
        ),
        writeBatch(
          other,
          batch(50).map((item, at) => ({ ...item, event: { ...item.event, id: hex(round * 1000 + 500 + at) } })),
          NONE,
          NOW,
        ),
      ]);
    }
    await other.end();
    expect(await count('issue')).toBe(40);
    const [owner] = await rows('SELECT count(DISTINCT issue_number)::int AS n FROM "grouping"');
    expect(owner?.n).toBe(40);
    expect(await count('event')).toBe(400);
    expect((await rows('SELECT next_issue FROM project'))[0]?.next_issue).toBe(41);
    await expectCountersEqualRows();
  });

  it('files an event under the issue that owns any of its hashes, and gives it the others', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    const both = pendingEvent(project, 2, 8);
    both.grouping.hashes = [hex(8), hex(7)];
    const [outcome] = await writeBatch(pool, [both], NONE, NOW);
    expect(stored(outcome)).toMatchObject({ issueNumber: 1, isNew: false });
    const [next] = await writeBatch(pool, [pendingEvent(project, 3, 8)], NONE, NOW);
    expect(stored(next).issueNumber).toBe(1);
  });

  it('brings a resolved issue back, and says that its fix did not hold', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    await pool.query(`INSERT INTO entry (title, content, status) VALUES ('Known', '{}', 'published')`);
    await pool.query(
      `UPDATE issue SET status = 'resolved', resolved_at = $1, resolved_mode = 'now', known_entry_id = 1, known_confidence = 0.9`,
      [NOW],
    );
    await pool.query(
      `INSERT INTO fix (project_id, issue_number, entry_id, applied_at, applied_name, verdict, baseline_rate, issue_first_seen)
       VALUES ($1, 1, 1, $2, 'Ada', 'watching', 1, $2)`,
      [project, NOW],
    );
    const late = { timestamp: '2026-11-20T11:00:00.000Z' };
    const [outcome] = await writeBatch(
      pool,
      [pendingEvent(project, 2, 7, late)],
      NONE,
      new Date('2026-11-20T11:00:01Z'),
    );
    expect(stored(outcome).knownFix).toEqual({ entryId: 1, title: 'Known', confidence: 0.9 });
    expect(await rows('SELECT status, resolved_at, version FROM issue')).toEqual([
      { status: 'regressed', resolved_at: null, version: 2 },
    ]);
    expect(await rows('SELECT verdict, recurred_event FROM fix')).toEqual([
      { verdict: 'recurred', recurred_event: '00000000-0000-0000-0000-000000000002' },
    ]);
    expect(await rows('SELECT disputed FROM entry')).toEqual([{ disputed: true }]);
    expect(await jobs()).toEqual(['issue.match', 'issue.regressed']);
    expect((await rows('SELECT kind FROM turning_point ORDER BY id')).map((row) => row.kind).sort()).toEqual([
      'first_seen',
      'fix_recurred',
      'regressed',
    ]);
  });

  it('leaves a resolved issue alone when the event is older than the resolution', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    await pool.query(`UPDATE issue SET status = 'resolved', resolved_at = $1, resolved_mode = 'now'`, [NOW]);
    await writeBatch(pool, [pendingEvent(project, 2, 7, { timestamp: '2026-11-20T09:00:00.000Z' })], NONE, NOW);
    expect(await rows('SELECT status, event_count::int, first_seen FROM issue')).toEqual([
      { status: 'resolved', event_count: 2, first_seen: new Date('2026-11-20T09:00:00Z') },
    ]);
  });

  it('unmutes once enough events came within the window', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    await pool.query(`UPDATE issue SET status = 'muted', mute_rule = '{"kind":"until_rate","count":3,"minutes":60}'`);
    await writeBatch(pool, [pendingEvent(project, 2, 7)], NONE, NOW);
    expect(await rows('SELECT status FROM issue')).toEqual([{ status: 'muted' }]);
    await writeBatch(pool, [pendingEvent(project, 3, 7)], NONE, NOW);
    expect(await rows('SELECT status, mute_rule FROM issue')).toEqual([{ status: 'new', mute_rule: null }]);
  });

  it('stores the others when PostgreSQL refuses one event', async () => {
    const batch = Array.from({ length: 20 }, (_, at) => pendingEvent(project, at + 1, 7));
    batch[13] = pendingEvent(project, 14, 7, { timestamp: 'never' });
    const outcomes = await writeBatch(pool, batch, new Map([[project, new Map([['rejected' as const, 2]])]]), NOW);
    expect(outcomes.flatMap((outcome, at) => ('refused' in outcome ? [at] : []))).toEqual([13]);
    expect(await count('event')).toBe(19);
    expect(await counters()).toEqual({ received: 22, accepted: 19, rejected: 3 });
    await expectCountersEqualRows();
  });

  it('counts each affected person once, and notes releases', async () => {
    const batch = [1, 2, 3].map((id) =>
      pendingEvent(project, id, 7, { userHash: id < 3 ? 'ada' : 'bob', release: `1.${id}` }),
    );
    await writeBatch(pool, batch, NONE, NOW);
    await writeBatch(pool, [pendingEvent(project, 4, 7, { userHash: 'ada', release: '1.3' })], NONE, NOW);
    expect(await rows('SELECT user_count, first_release, last_release FROM issue')).toEqual([
      { user_count: 2, first_release: '1.1', last_release: '1.3' },
    ]);
    expect(await count('release')).toBe(3);
  });

  it('goes by the times of the events, not by their order, in which release an issue was seen first and last', async () => {
    const at = (id: number, minute: number, release?: string) =>
      pendingEvent(project, id, 7, { timestamp: `2026-11-20T09:${minute}:00.000Z`, release });
    await writeBatch(pool, [at(1, 30, '1.3'), at(2, 20, '1.2'), at(3, 40)], NONE, NOW);
    const releases = () => rows('SELECT first_release, last_release FROM issue');
    expect(await releases()).toEqual([{ first_release: '1.2', last_release: '1.3' }]);
    await writeBatch(pool, [at(4, 10, '1.1'), at(5, 25, '1.0')], NONE, NOW);
    expect(await releases()).toEqual([{ first_release: '1.1', last_release: '1.3' }]);
    await writeBatch(pool, [at(6, 50, '1.4'), at(7, 50, '1.4')], NONE, NOW);
    expect(await releases()).toEqual([{ first_release: '1.1', last_release: '1.4' }]);
    expect(await rows(`SELECT first_seen, last_seen, event_count::int FROM release WHERE version = '1.4'`)).toEqual([
      { first_seen: new Date('2026-11-20T09:50:00Z'), last_seen: new Date('2026-11-20T09:50:00Z'), event_count: 2 },
    ]);
  });

  it('refuses events of a project that is gone, without an outage', async () => {
    const [outcome] = await writeBatch(pool, [pendingEvent(999, 1, 7)], NONE, NOW);
    expect(outcome).toHaveProperty('refused');
  });

  it('keeps counters and rows equal when a step after the events fails', async () => {
    await pool.query('ALTER TABLE capture_counter ADD CONSTRAINT no_counting CHECK (value < 2)');
    const outcomes = await writeBatch(
      pool,
      [pendingEvent(project, 1, 7), pendingEvent(project, 2, 7)],
      NONE,
      NOW,
    ).catch(() => 'failed');
    await pool.query('ALTER TABLE capture_counter DROP CONSTRAINT no_counting');
    expect(outcomes).toBe('failed');
    await expectCountersEqualRows();
  });

  it('counts a person once who is remembered, and anew once the issue has changed', async () => {
    const people = new CountedPeople(10);
    const write = (id: number, userHash: string): Promise<unknown> =>
      writeBatch(pool, [pendingEvent(project, id, 7, { userHash })], NONE, NOW, people);
    const counted = async (): Promise<unknown[]> => [
      (await rows('SELECT user_count FROM issue'))[0]?.user_count,
      await count('issue_user'),
    ];
    await write(1, 'ada');
    await write(2, 'ada');
    await write(3, 'bob');
    expect(await counted()).toEqual([2, 2]);
    // As splitting does, when what ada sent goes elsewhere.
    await pool.query(`DELETE FROM issue_user WHERE user_hash = 'ada'`);
    await pool.query('UPDATE issue SET user_count = 1, version = version + 1');
    await write(4, 'ada');
    expect(await counted()).toEqual([2, 2]);
  });

  it('counts everybody anew when the database was put back to an earlier state', async () => {
    const people = new CountedPeople(10);
    const batch = [pendingEvent(project, 1, 7, { userHash: 'ada' })];
    await writeBatch(pool, batch, NONE, NOW, people);
    await pool.query('TRUNCATE issue, issue_user, event, "grouping" CASCADE');
    await pool.query('UPDATE project SET next_issue = 1');
    await writeBatch(pool, batch, NONE, NOW, people);
    await writeBatch(pool, [pendingEvent(project, 2, 7, { userHash: 'ada' })], NONE, NOW, people);
    expect((await rows('SELECT user_count FROM issue'))[0]?.user_count).toBe(1);
    expect(await count('issue_user')).toBe(1);
  });

  it('remembers nobody whom a failed batch would have counted', async () => {
    const people = new CountedPeople(10);
    const batch = [pendingEvent(project, 1, 7, { userHash: 'ada' })];
    await pool.query('ALTER TABLE capture_counter ADD CONSTRAINT no_counting CHECK (value < 0) NOT VALID');
    const failed = await writeBatch(pool, batch, NONE, NOW, people).catch(() => 'failed');
    await pool.query('ALTER TABLE capture_counter DROP CONSTRAINT no_counting');
    expect(failed).toBe('failed');
    await writeBatch(pool, batch, NONE, NOW, people);
    expect((await rows('SELECT user_count FROM issue'))[0]?.user_count).toBe(1);
  });

  it('changes no indexed column of an issue that is seen again within the hour', async () => {
    const columns = await rows(
      `SELECT DISTINCT a.attname AS name FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = ANY(x.indkey)
       WHERE x.indrelid = 'issue'::regclass`,
    );
    const indexed = columns.map(({ name }) => String(name));
    const values = async (): Promise<unknown> => (await rows(`SELECT ${indexed.join(', ')} FROM issue`))[0];
    await writeBatch(pool, [pendingEvent(project, 1, 7, { release: '1.0', userHash: 'ada' })], NONE, NOW);
    const before = await values();
    const again = { timestamp: '2026-11-20T10:59:59.999Z', release: '1.1', userHash: 'bob' };
    await writeBatch(pool, [pendingEvent(project, 2, 7, again)], NONE, NOW);
    expect(await values()).toEqual(before);
    expect(indexed).toContain('last_seen_hour');
  });

  it('survives the loss of its connection, storing nothing of that batch', async () => {
    await writeBatch(pool, [pendingEvent(project, 1, 7)], NONE, NOW);
    const holder = await pool.connect();
    await holder.query('BEGIN; SELECT * FROM issue FOR UPDATE');
    const write = writeBatch(pool, [pendingEvent(project, 2, 7)], NONE, NOW);
    const failed = expect(write).rejects.toThrow();
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    let pid: unknown;
    while (pid === undefined) pid = (await pool.query(waiting)).rows[0]?.pid;
    await pool.query('SELECT pg_terminate_backend($1)', [pid]);
    await failed;
    await holder.query('ROLLBACK');
    holder.release();
    const [again] = await writeBatch(pool, [pendingEvent(project, 2, 7)], NONE, NOW);
    expect(stored(again).duplicate).toBe(false);
    await expectCountersEqualRows();
  });

  it('says so when the database is away', async () => {
    const away = createCapturePool('postgres://nobody@127.0.0.1:1/none');
    await expect(writeBatch(away, [pendingEvent(project, 1, 7)], NONE, NOW)).rejects.toThrow();
    await away.end();
  });
});
