import type { Pool, PoolClient } from 'pg';
import { type BatchEffects, batchEffects, type InsertedEvent, type StateContext } from './batch-effects';
import { copyLine, copyRows, copyText } from './copy-rows.server';
import type { CountedPeople } from './counted-people';
import { BatchCut, isRefusal, isTransient } from './database-failure';
import { type Placement, placeEvents } from './find-issues.server';
import type { OpenIssue } from './issue-row';
import type { KnownStacks } from './known-stacks';
import { inOneWrite } from './one-write.server';
import type { DropCounts, DropReason, PendingEvent, WriteOutcome } from './pending-event';
import { findNewStacks, insertStacks, knownStacks } from './store-stacks.server';
import { TagMemory, type TagRow } from './tag-memory';
import {
  ADD_JOBS,
  ADD_TAGS,
  applyEffects,
  CHANGE_STATES,
  COUNT_WINDOW,
  DISPUTE_FIXES,
  EVENT_COLUMNS,
  FIND_RELEASES,
  INSERT_SAMPLED,
} from './write-sql';

const MINUTE_MS = 60_000;
const ATTEMPTS = 4;

const storedTags = new TagMemory(100_000);

const eventKey = (projectId: number, id: string): string => `${projectId}:${id}`;

/** The row of an event, in the order of `EVENT_COLUMNS`. */
function encodeRow(
  { projectId, event, grouping, dataText, rawText }: PendingEvent,
  { issue, hash }: Placement,
): string {
  return copyLine([
    projectId,
    event.timestamp,
    event.id,
    issue.number,
    event.received_at,
    event.level,
    copyText(event.service),
    copyText(event.environment),
    copyText(event.release),
    copyText(grouping.title),
    copyText(hash),
    dataText,
    rawText ?? '',
  ]);
}

/** Stores events of which it is known that none is stored yet; those to be sampled leave only their ids. */
function insertEvents(
  client: PoolClient,
  events: readonly PendingEvent[],
  placements: Map<PendingEvent, Placement>,
): Promise<unknown>[] {
  const lines: string[] = [];
  const sampled: object[] = [];
  for (const pending of events) {
    const placement = placements.get(pending)!;
    if (!pending.sampled) lines.push(encodeRow(pending, placement));
    else {
      const { projectId, event } = pending;
      sampled.push({ p: projectId, t: event.timestamp, i: event.id, n: placement.issue.number });
    }
  }
  return [
    ...(lines.length > 0 ? [copyRows(client, EVENT_COLUMNS, lines)] : []),
    ...(sampled.length > 0
      ? [client.query({ name: 'insert_sampled', text: INSERT_SAMPLED, values: [JSON.stringify(sampled)] })]
      : []),
  ];
}

/** Reads what the states of muted and resolved issues hang on; asks nothing when there are none in the batch. */
async function readContext(client: PoolClient, inserted: InsertedEvent[], now: Date): Promise<StateContext> {
  const eventsInWindow = new Map<OpenIssue, number>();
  const releaseSeen = new Map<string, number>();
  const issues = new Set(inserted.map(({ issue }) => issue));
  const rated = [...issues].filter(({ state }) => state.muteRule?.kind === 'until_rate');
  if (rated.length > 0) {
    const since = rated.map(({ state }) => {
      const minutes = state.muteRule?.kind === 'until_rate' ? state.muteRule.minutes : 0;
      return new Date(now.getTime() - minutes * MINUTE_MS);
    });
    const { rows } = await client.query<{ project_id: number; issue_number: number; count: number }>(COUNT_WINDOW, [
      rated.map(({ projectId }) => projectId),
      rated.map(({ number }) => number),
      since,
    ]);
    for (const row of rows) {
      const issue = rated.find(({ projectId, number }) => projectId === row.project_id && number === row.issue_number);
      if (issue) eventsInWindow.set(issue, row.count);
    }
  }
  const versions = inserted.flatMap(({ issue, pending }) => {
    const { resolvedRelease } = issue.state;
    const pairs: [number, string][] = resolvedRelease ? [[issue.projectId, resolvedRelease]] : [];
    if (resolvedRelease && pending.event.release) pairs.push([issue.projectId, pending.event.release]);
    return pairs;
  });
  if (versions.length > 0) {
    const { rows } = await client.query<{ project_id: number; version: string; first_seen: Date }>(FIND_RELEASES, [
      versions.map(([project]) => project),
      versions.map(([, version]) => version),
    ]);
    for (const row of rows) releaseSeen.set(`${row.project_id}\n${row.version}`, row.first_seen.getTime());
  }
  return { eventsInWindow, releaseSeen };
}

/** `received` is the sum of all others. */
type CounterName = 'received' | 'accepted' | 'sampled' | 'duplicate' | DropReason;

function counterRows(
  events: readonly PendingEvent[],
  inserted: ReadonlySet<PendingEvent>,
  drops: DropCounts,
): Record<string, unknown>[] {
  const counts = new Map<number, Map<CounterName, number>>();
  const add = (projectId: number, name: CounterName, value: number): void => {
    const names = counts.get(projectId) ?? new Map<CounterName, number>();
    counts.set(projectId, names.set(name, (names.get(name) ?? 0) + value));
  };
  for (const pending of events) {
    const isInserted = inserted.has(pending);
    if (pending.replayed && !isInserted) continue;
    add(pending.projectId, 'received', 1);
    add(pending.projectId, !isInserted ? 'duplicate' : pending.sampled ? 'sampled' : 'accepted', 1);
  }
  for (const [projectId, reasons] of drops) {
    for (const [reason, value] of reasons) {
      add(projectId, 'received', value);
      add(projectId, reason, value);
    }
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .flatMap(([project_id, names]) =>
      [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ project_id, name, value })),
    );
}

/** `drops` with one more. */
function withDrop(drops: DropCounts, projectId: number, reason: DropReason): DropCounts {
  const reasons = new Map(drops.get(projectId));
  return new Map(drops).set(projectId, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
}

/**
 * Sends what `insert` starts, all that follows from it, and the commit behind it in one go. A failure of any turns it into
 * a rollback.
 */
async function storeAndCommit(
  client: PoolClient,
  insert: () => Promise<unknown>[],
  effects: BatchEffects,
  counters: Record<string, unknown>[],
  tags: TagRow[],
  now: Date,
): Promise<void> {
  const { states, regressed, jobs } = effects;
  const applied = applyEffects({ ...effects, counters });
  await inOneWrite(client, () =>
    Promise.all([
      ...insert(),
      ...(applied ? [client.query(applied)] : []),
      ...(tags.length > 0 ? [client.query({ name: 'add_tags', text: ADD_TAGS, values: [JSON.stringify(tags)] })] : []),
      ...(states.length > 0 ? [client.query(CHANGE_STATES, [JSON.stringify(states)])] : []),
      ...(regressed.length > 0 ? [client.query(DISPUTE_FIXES, [JSON.stringify(regressed), now])] : []),
      ...(jobs.length > 0 ? [client.query(ADD_JOBS, [JSON.stringify(jobs)])] : []),
      client.query('COMMIT'),
    ]),
  );
}

/** The first of each id within the batch, and those that repeat it. */
function withoutRepeats(events: readonly PendingEvent[]): {
  first: PendingEvent[];
  repeats: Map<PendingEvent, PendingEvent>;
} {
  const byId = new Map<string, PendingEvent>();
  const repeats = new Map<PendingEvent, PendingEvent>();
  for (const pending of events) {
    const key = eventKey(pending.projectId, pending.event.id);
    const first = byId.get(key);
    if (first) repeats.set(pending, first);
    else byId.set(key, pending);
  }
  return { first: [...byId.values()], repeats };
}

/** What the caller knows to be stored: it is not stored again. */
interface Known {
  stacks: KnownStacks;
  people?: CountedPeople;
}

/** One transaction: all of the batch or nothing. */
async function writeOnce(
  client: PoolClient,
  { stacks: known, people }: Known,
  events: readonly PendingEvent[],
  drops: DropCounts,
  now: Date,
): Promise<WriteOutcome[]> {
  const { first, repeats } = withoutRepeats(events);
  const { placements, stored } = await placeEvents(client, first, now);
  const accepted = first.filter((pending) => !stored.has(pending));
  const inserted = accepted.map((pending): InsertedEvent => ({ pending, issue: placements.get(pending)!.issue }));
  const newPeople: [OpenIssue, string][] = [];
  const effects = batchEffects(inserted, await readContext(client, inserted, now), now, (issue, userHash) => {
    const isCounted = people?.has(issue, userHash) ?? false;
    if (!isCounted) newPeople.push([issue, userHash]);
    return isCounted;
  });
  const acceptedSet = new Set(accepted);
  const counters = counterRows(events, acceptedSet, drops);
  const tags = storedTags.unseen(inserted);
  const day = now.toISOString().slice(0, 10);
  const stacks = findNewStacks(accepted, known, day);
  const insert = () => [...insertStacks(client, stacks, day), ...insertEvents(client, accepted, placements)];
  await storeAndCommit(client, insert, effects, counters, tags.rows, now);
  tags.stored();
  known.add(stacks.keys(), day);
  people?.add(newPeople, new Set(inserted.flatMap(({ issue }) => (issue.isNew ? [issue] : []))));

  const opened = new Set<OpenIssue>();
  return events.map((pending) => {
    const original = repeats.get(pending) ?? pending;
    const issue = placements.get(original)?.issue;
    const isAccepted = pending === original && acceptedSet.has(pending);
    const isNew = isAccepted && issue?.isNew === true && !opened.has(issue);
    if (isNew) opened.add(issue);
    return {
      fate: pending.sampled ? 'sampled' : 'stored',
      id: pending.event.id,
      projectId: pending.projectId,
      issueNumber: stored.get(original) ?? issue?.number ?? 0,
      isNew,
      duplicate: !isAccepted,
      knownFix: issue?.knownFix ?? null,
    };
  });
}

/** Gives `work` a connection in which its transaction ends in any case. */
async function withConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function attempt(
  pool: Pool,
  events: readonly PendingEvent[],
  drops: DropCounts,
  now: Date,
  people?: CountedPeople,
): Promise<WriteOutcome[]> {
  for (let tried = 1; ; tried++) {
    try {
      return await withConnection(pool, (client) =>
        writeOnce(client, { stacks: knownStacks(pool), people }, events, drops, now),
      );
    } catch (error) {
      if (!isTransient(error) || tried === ATTEMPTS) throw error;
    }
  }
}

/**
 * Stores a batch: events, their issues, counters, rollups, turning points and jobs, all in one transaction. Outcomes are
 * in the order of `events`. An event that PostgreSQL itself refuses is found by halving the batch and is the only one not
 * stored. `drops`: reports to count that never became events. `people`: a memory of this database, for whoever keeps one.
 * @throws the database's error when nothing is known to be stored (a commit whose answer was lost may have been);
 * BatchCut with the outcomes so far when it failed after halving.
 */
export async function writeBatch(
  pool: Pool,
  events: readonly PendingEvent[],
  drops: DropCounts,
  now: Date,
  people?: CountedPeople,
): Promise<WriteOutcome[]> {
  try {
    return await attempt(pool, events, drops, now, people);
  } catch (error) {
    if (!isRefusal(error) || events.length === 0) throw error;
    if (events.length > 1) {
      const middle = Math.ceil(events.length / 2);
      const before = await writeBatch(pool, events.slice(0, middle), drops, now, people);
      try {
        return [...before, ...(await writeBatch(pool, events.slice(middle), new Map(), now, people))];
      } catch (cut) {
        const inner: WriteOutcome[] = cut instanceof BatchCut ? cut.outcomes : [];
        throw new BatchCut([...before, ...inner], cut instanceof BatchCut ? cut.cause : cut);
      }
    }
    const projectId = events[0]!.projectId;
    // A project that is gone has no counters either.
    await attempt(pool, [], withDrop(drops, projectId, 'rejected'), now);
    return [{ refused: error instanceof Error ? error.message : String(error) }];
  }
}
