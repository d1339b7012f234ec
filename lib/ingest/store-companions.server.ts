import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { AppError } from '../errors';
import { log } from '../log.server';
import { type CompanionBatch, type Companions, countRows, encodeCompanions, mergeCompanions } from './companions';
import { isRefusal } from './database-failure';
import { GroupCommit } from './group-commit';

/** $1 id, $2 whether there are sums, $3 sessions, $4 discarded items, $5 filters, $6 feedback, $7 files. */
const WRITE = `
  WITH fresh AS (
    INSERT INTO counted_batch (id) SELECT $1::uuid WHERE $2::boolean ON CONFLICT DO NOTHING RETURNING 1
  ), sessions AS (
    INSERT INTO release_session AS o (project_id, release, environment, day, started, exited, errored, crashed, abnormal)
    SELECT x.* FROM fresh, json_to_recordset($3::json) AS x (project_id int, release text, environment text, day date,
      started bigint, exited bigint, errored bigint, crashed bigint, abnormal bigint)
    ON CONFLICT (project_id, release, environment, day) DO UPDATE SET
      started = o.started + excluded.started, exited = o.exited + excluded.exited,
      errored = o.errored + excluded.errored, crashed = o.crashed + excluded.crashed,
      abnormal = o.abnormal + excluded.abnormal
  ), discards AS (
    INSERT INTO discarded_item AS o (project_id, day, source, reason, category, count)
    SELECT x.* FROM fresh, json_to_recordset($4::json) AS x (
      project_id int, day date, source text, reason text, category text, count bigint)
    ON CONFLICT (project_id, day, source, reason, category) DO UPDATE SET count = o.count + excluded.count
  ), filters AS (
    INSERT INTO filter_drop AS o (project_id, day, filter, count)
    SELECT x.* FROM fresh, json_to_recordset($5::json) AS x (project_id int, day date, filter text, count bigint)
    ON CONFLICT (project_id, day, filter) DO UPDATE SET count = o.count + excluded.count
  ), feedback AS (
    INSERT INTO user_feedback (project_id, id, event_id, name, email, message, url, environment, release, at, received_at)
    SELECT * FROM json_to_recordset($6::json) AS x (project_id int, id uuid, event_id uuid, name text, email text,
      message text, url text, environment text, release text, at timestamptz, received_at timestamptz)
    ON CONFLICT DO NOTHING
  )
  INSERT INTO event_attachment (project_id, event_id, filename, content_type, kind, size, sha256, received_at)
  SELECT * FROM json_to_recordset($7::json) AS x (project_id int, event_id uuid, filename text, content_type text,
    kind text, size int, sha256 text, received_at timestamptz)
  ON CONFLICT DO NOTHING`;

/** Brings a batch into the database, all of it or nothing; one that is there already changes nothing. */
export async function writeCompanions(pool: Pool, batch: CompanionBatch): Promise<void> {
  const { id, sessions, discards, filters, feedback, files } = batch;
  const hasSums = sessions.length + discards.length + filters.length > 0;
  const lists = [sessions, discards, filters, feedback, files].map((rows) => JSON.stringify(rows));
  await pool.query(WRITE, [id, hasSums, ...lists]);
}

/** Where texts wait on disk for the database. */
export interface Hold {
  /** The database is known not to answer, so that nobody need ask it in vain. */
  isAway(): boolean;
  /** Resolves once it is on disk to stay. @throws AppError `unavailable` when it cannot be kept. */
  keep(text: string): Promise<void>;
}

export interface CompanionStore {
  /**
   * Resolves once all of it is safe: committed, or on disk in the spool.
   * @throws QueueFull; AppError `unavailable` when neither takes it, `bad_request` when the database never will.
   */
  store(companions: Companions): Promise<void>;
  drain(): Promise<void>;
}

const LIMITS = { batchItems: 1000, batchBytes: 1_000_000, queueBytes: 16_000_000 };

/** Stores sessions, counts, feedback and the names of files; what arrives together is written together. */
export function createCompanionStore(pool: Pool, hold: Hold): CompanionStore {
  async function write(list: readonly Companions[]): Promise<(AppError | null)[]> {
    const batch: CompanionBatch = { id: randomUUID(), ...mergeCompanions(list) };
    try {
      if (!hold.isAway()) {
        await writeCompanions(pool, batch);
        return list.map(() => null);
      }
    } catch (error) {
      // One bad row must not sink the others.
      if (isRefusal(error) && list.length > 1) return (await Promise.all(list.map((each) => write([each])))).flat();
      if (isRefusal(error))
        return [new AppError('bad_request', 'The database refuses an item of it.', { cause: error })];
      log().error({ err: error }, 'What came beside events could not be stored; it goes to the spool');
    }
    await hold.keep(encodeCompanions(batch));
    return list.map(() => null);
  }

  const queue = new GroupCommit<Companions, AppError | null>(write, LIMITS);

  return {
    async store(companions) {
      if (countRows(companions) === 0) return;
      const [failed] = await queue.submit([{ item: companions, bytes: JSON.stringify(companions).length }]);
      if (failed) throw failed;
    },
    drain: () => queue.drain(),
  };
}
