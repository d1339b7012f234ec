import type { Pool } from 'pg';
import { log } from '../log.server';
import { GroupCommit } from './group-commit';
import type { Discard } from './protocols/sentry-reports';
import type { SessionCount } from './protocols/sentry-session';

/** What came with a request beside events, as numbers. */
export interface ItemCounts {
  projectId: number;
  sessions: readonly SessionCount[];
  /** Thrown away by the SDK, as it says itself. */
  bySdk: readonly Discard[];
  /** Thrown away here. */
  byErrata: readonly Discard[];
  receivedAt: Date;
}

export interface ItemCounter {
  /**
   * Resolves when the numbers are stored. When the database is away they wait in memory for the next ones: numbers are
   * not worth failing a request whose events are safe.
   */
  add(counts: ItemCounts): Promise<void>;
  drain(): Promise<void>;
}

type Row = Record<string, string | number>;

const MAX_WAITING = 10_000;

const ADD = `
  WITH sessions AS (
    INSERT INTO release_session AS o (project_id, release, environment, day, started, exited, errored, crashed, abnormal)
    SELECT * FROM json_to_recordset($1::json) AS x (project_id int, release text, environment text, day date,
      started bigint, exited bigint, errored bigint, crashed bigint, abnormal bigint)
    ON CONFLICT (project_id, release, environment, day) DO UPDATE SET
      started = o.started + excluded.started, exited = o.exited + excluded.exited,
      errored = o.errored + excluded.errored, crashed = o.crashed + excluded.crashed,
      abnormal = o.abnormal + excluded.abnormal
  )
  INSERT INTO discarded_item AS o (project_id, day, source, reason, category, count)
  SELECT * FROM json_to_recordset($2::json) AS x (
    project_id int, day date, source text, reason text, category text, count bigint)
  ON CONFLICT (project_id, day, source, reason, category) DO UPDATE SET count = o.count + excluded.count`;

/** Rows that differ in nothing but their numbers become one. Sorted by key, so that two processes lock in one order. */
function merge(rows: readonly Row[], keys: readonly string[]): Row[] {
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join('\0');
    const known = merged.get(key);
    if (!known) merged.set(key, { ...row });
    else for (const name in row) if (!keys.includes(name)) known[name] = Number(known[name]) + Number(row[name]);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const SESSION_KEYS = ['project_id', 'release', 'environment', 'day'];
const DISCARD_KEYS = ['project_id', 'day', 'source', 'reason', 'category'];

function toRows({ projectId, sessions, bySdk, byErrata, receivedAt }: ItemCounts): {
  sessions: Row[];
  discards: Row[];
} {
  const day = receivedAt.toISOString().slice(0, 10);
  const discard =
    (source: string) =>
    ({ reason, category, count }: Discard): Row => ({ project_id: projectId, day, source, reason, category, count });
  return {
    sessions: sessions.map((session) => ({ project_id: projectId, ...session })),
    discards: [...bySdk.map(discard('sdk')), ...byErrata.map(discard('errata'))],
  };
}

/** Counts sessions and discarded items; what arrives together is written together. */
export function createItemCounter(pool: Pool): ItemCounter {
  let sessions: Row[] = [];
  let discards: Row[] = [];

  const queue = new GroupCommit<ItemCounts, void>(
    async (items) => {
      for (const item of items) {
        const rows = toRows(item);
        sessions.push(...rows.sessions);
        discards.push(...rows.discards);
      }
      const taken = { sessions: merge(sessions, SESSION_KEYS), discards: merge(discards, DISCARD_KEYS) };
      [sessions, discards] = [[], []];
      try {
        await pool.query(ADD, [JSON.stringify(taken.sessions), JSON.stringify(taken.discards)]);
      } catch (error) {
        log().warn({ err: error }, 'Sessions and discarded items could not be counted yet');
        sessions.push(...taken.sessions.slice(0, MAX_WAITING));
        discards.push(...taken.discards.slice(0, MAX_WAITING));
      }
      return items.map(() => undefined);
    },
    { batchItems: 1000, batchBytes: 1_000_000, queueBytes: 16_000_000 },
  );

  return {
    async add(counts) {
      const rows = counts.sessions.length + counts.bySdk.length + counts.byErrata.length;
      if (rows > 0) await queue.submit([{ item: counts, bytes: rows * 200 }]);
    },
    drain: () => queue.drain(),
  };
}
