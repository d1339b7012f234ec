import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { AppError } from '../errors';
import { groupEvent } from '../grouping';
import type { SpoolState } from '../settings/spool-state';
import { createDurableWriter, type Written } from './durable-write.server';
import type { NormalizedEvent } from './event-schema';
import { GroupCommit } from './group-commit';
import { type EventDraft, encodeEvent, normalizeEvent } from './normalize-event';
import type { EventOutcome, PendingEvent } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import type { Spool } from './spool-files.server';
import { TimeSlices } from './time-slices';
import { writeBatch } from './write-batch.server';

/** A report that its protocol adapter understood. */
export interface IncomingEvent {
  draft: EventDraft;
  /** What was sent, cleaned. */
  raw: unknown;
}

export interface EventStore {
  /**
   * Stores events, resolving with one outcome each, in order, once they are safe: committed, or on disk in the spool.
   * @throws QueueFull; AppError `unavailable` when neither takes any of them.
   */
  store(scope: ProjectScope, events: readonly IncomingEvent[], receivedAt: Date): Promise<EventOutcome[]>;
  /** Counts reports that could not be understood. */
  refuse(scope: ProjectScope, count: number): void;
  /** Null without a spool. `away`: the database does not answer. */
  spoolState(): (SpoolState & { away: boolean }) | null;
  /** Resolves once everything accepted is safe. What the spool holds is left for the next start. */
  drain(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;
const LIMITS = { batchItems: 1000, batchBytes: 4 * MEGABYTE, queueBytes: 64 * MEGABYTE };
const REFUSED_FLUSH_MS = 1000;
const RETRY_AFTER_S = 5;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || null : null;

/** Tells people apart without keeping who they are. */
function hashUser(user: NormalizedEvent['user']): string | null {
  const identity = user && (textOf(user.id) ?? textOf(user.email) ?? textOf(user.username) ?? textOf(user.ip_address));
  return identity ? createHash('sha1').update(identity).digest('hex') : null;
}

/** An event ready to be written, all but what earlier messages teach about its template. */
export function prepareEvent(projectId: number, { draft, raw }: IncomingEvent, receivedAt: Date): PendingEvent {
  const { event, idGiven, timeGiven } = normalizeEvent(draft, {
    receivedAt,
    fallbackId: randomUUID().replaceAll('-', ''),
  });
  const rawText = JSON.stringify(raw);
  return {
    projectId,
    event,
    grouping: groupEvent(event),
    dataText: encodeEvent(event),
    // A payload this large was cut in its normalised form; whole, it would only fill the disk.
    rawText: rawText.length > MEGABYTE ? null : rawText,
    idGiven,
    timeGiven,
    userHash: hashUser(event.user),
  };
}

/** What the caller hears of events of which some, or all, are nowhere. */
function toOutcomes(written: Written[]): EventOutcome[] {
  const lost = written.find((outcome) => 'deferred' in outcome);
  if (lost && written.every((outcome) => 'deferred' in outcome)) {
    throw new AppError(
      'unavailable',
      'The database is not available and the spool takes no more; nothing was stored.',
      {
        cause: 'deferred' in lost ? lost.deferred : undefined,
        retryAfter: RETRY_AFTER_S,
      },
    );
  }
  return written.map((outcome) =>
    'deferred' in outcome ? { refused: 'the database is not available; send this one again' } : outcome,
  );
}

/**
 * The way from understood reports to safe events: normalise, group, and commit together with whatever else arrives. An
 * event gets its id and time once, here, so that writing it again after a failure cannot double it.
 */
export function createEventStore(pool: Pool, spool: Spool | null = null): EventStore {
  let refused = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;
  const slices = new TimeSlices();
  const takeRefused = (): Map<number, number> => {
    const taken = refused;
    refused = new Map();
    return taken;
  };
  const giveBack = (counts: Map<number, number>): void => {
    for (const [project, count] of counts) refused.set(project, (refused.get(project) ?? 0) + count);
  };

  const queue: GroupCommit<PendingEvent, Written> = new GroupCommit(async (items) => {
    const counts = takeRefused();
    const { outcomes, counted } = await writer.write(items, counts);
    if (!counted) giveBack(counts);
    return outcomes;
  }, LIMITS);

  const submit = (events: readonly PendingEvent[]): Promise<Written[]> =>
    queue.submit(events.map((item) => ({ item, bytes: item.dataText.length + (item.rawText?.length ?? 0) })));

  const writer = createDurableWriter(pool, spool, submit);
  writer.resume();

  /** When no event comes along to count them with. */
  async function flushRefused(): Promise<void> {
    timer = undefined;
    const counts = takeRefused();
    if (counts.size === 0) return;
    await writeBatch(pool, [], counts, new Date()).catch(() => giveBack(counts));
  }

  return {
    async store(scope, events, receivedAt) {
      const items = await slices.map(events, (event) => prepareEvent(scope.projectId, event, receivedAt));
      return toOutcomes(await submit(items));
    },
    refuse(scope, count) {
      if (count === 0) return;
      refused.set(scope.projectId, (refused.get(scope.projectId) ?? 0) + count);
      timer ??= setTimeout(flushRefused, REFUSED_FLUSH_MS).unref();
    },
    spoolState: () => writer.state(),
    async drain() {
      clearTimeout(timer);
      await writer.stop();
      await queue.drain();
      await flushRefused();
      await spool?.close();
    },
  };
}
