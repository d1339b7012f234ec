import type { QueryResult } from 'pg';
import { getPool } from '../db/client.server';
import { env } from '../env.server';
import { storedContent } from '../knowledge/entry-dto';
import { log } from '../log.server';
import { matchDocument } from './match-document';
import { MatchIndex } from './match-index';

interface EntryStamp {
  id: number;
  version: number;
  status: string;
  updated_at: Date;
}

const stampOf = (row: EntryStamp): string => `${row.version} ${row.updated_at.getTime()}`;

/**
 * The published entries as an index in this process. PostgreSQL stays the truth: every use first reads what was written
 * since the last one, by whichever process, so that an entry published or retired elsewhere counts at once.
 */
interface Held {
  url: string;
  index: MatchIndex;
  /** Version and time of the last change of every entry that was looked at, published or not. */
  versions: Map<number, string>;
  /** Everything committed with an older `updated_at` has been read. Milliseconds. */
  readUntil: number;
  /** The oldest transaction that was open at the last read: what older ones wrote has been read. Null before the first. */
  openSince: bigint | null;
  lastId: number;
  running: Promise<void> | null;
  next: Promise<void> | null;
}

/** Callers stamp `updated_at` a little before their transaction starts, and clocks differ. */
const SLACK_MS = 10_000;
/** New entries may be dated back (sample data is), so the latest ids are always looked at; ids are not committed in order. */
const ID_SLACK = 100;
/** Entries tokenised before other work of the process gets its turn. */
const SLICE = 50;
const LOAD = 500;

// Next loads modules more than once; the index must not be.
const globals = globalThis as typeof globalThis & { errataEntryIndex?: Held };

function held(): Held {
  const url = env().DATABASE_URL ?? '';
  if (globals.errataEntryIndex?.url !== url)
    globals.errataEntryIndex = {
      url,
      index: new MatchIndex(),
      versions: new Map(),
      readUntil: 0,
      openSince: null,
      lastId: 0,
      running: null,
      next: null,
    };
  return globals.errataEntryIndex;
}

/** The index, holding everything that was committed before the call. The first call of a process reads all published entries. */
export async function entryIndex(): Promise<MatchIndex> {
  const state = held();
  if (!state.running) state.running = refresh(state).finally(() => done(state));
  // A read under way may have begun before our caller's commit: wait for the one after it, which all who wait share.
  else state.next ??= state.running.catch(() => {}).then(() => refresh(state).finally(() => done(state)));
  await (state.next ?? state.running);
  return state.index;
}

/**
 * Reads all published entries before anybody asks, so that the first call of this process is as quick as any other. For
 * processes that match to call once they know their database; without one it says so in the log, and the first call reads.
 */
export async function warmEntryIndex(): Promise<void> {
  await entryIndex().catch((cause) => log().warn({ cause }, 'The index of entries is read when it is first needed'));
}

function done(state: Held): void {
  state.running = state.next;
  state.next = null;
}

/** Drops entries that a caller found to be gone. */
export function forgetEntries(ids: readonly number[]): void {
  const state = held();
  for (const id of ids) {
    state.index.remove(id);
    state.versions.delete(id);
  }
}

async function refresh(state: Held): Promise<void> {
  const since = new Date(state.readUntil).toISOString();
  // Right after an import thousands of entries lie within the slack: those that were read are not told again.
  const unread = state.openSince === null ? '' : `AND age(xmin) <= age('${state.openSince}'::xid8::xid)`;
  // Two statements, in this order: a transaction that is still open when the first looks is not overtaken by the second.
  const results = (await getPool().query(
    `SELECT least(min(xact_start), clock_timestamp()) AS until, pg_snapshot_xmin(pg_current_snapshot())::text AS open_since
       FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL;
     SELECT id, version, status, updated_at FROM entry
       WHERE (updated_at >= '${since}' OR id > ${state.lastId - ID_SLACK}) ${unread}`,
  )) as unknown as [QueryResult<{ until: Date; open_since: string }>, QueryResult<EntryStamp>];
  const [activity, entries] = results;
  const openSince = BigInt(activity.rows[0]?.open_since ?? 0);
  // Numbers of transactions only grow; smaller ones are of a database that was put in the place of the one we read.
  if (state.openSince !== null && openSince < state.openSince) {
    state.openSince = null;
    state.readUntil = 0;
    return refresh(state);
  }
  const changed = entries.rows.filter((row) => state.versions.get(row.id) !== stampOf(row));
  const published: number[] = [];
  for (const row of changed) {
    state.lastId = Math.max(state.lastId, row.id);
    if (row.status === 'published') published.push(row.id);
    else {
      state.index.remove(row.id);
      state.versions.set(row.id, stampOf(row));
    }
  }
  for (let at = 0; at < published.length; at += LOAD) await load(state, published.slice(at, at + LOAD));
  state.openSince = openSince;
  state.readUntil = Math.max(state.readUntil, (activity.rows[0]?.until.getTime() ?? 0) - SLACK_MS);
}

async function load(state: Held, ids: number[]): Promise<void> {
  const { rows } = await getPool().query<EntryStamp & { content: unknown }>(
    'SELECT id, version, status, updated_at, content FROM entry WHERE id = ANY($1)',
    [ids],
  );
  for (const [at, row] of rows.entries()) {
    if (row.status === 'published') state.index.add(matchDocument(row.id, storedContent(row.content)));
    else state.index.remove(row.id);
    state.versions.set(row.id, stampOf(row));
    if (at % SLICE === SLICE - 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
