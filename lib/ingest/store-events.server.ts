import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { groupEvent } from '../grouping';
import { applyTemplates } from '../grouping/template-store.server';
import type { NormalizedEvent } from './event-schema';
import { GroupCommit } from './group-commit';
import { type EventDraft, encodeEvent, normalizeEvent } from './normalize-event';
import type { EventOutcome, PendingEvent, WriteOutcome } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import { writeBatch } from './write-batch.server';

/** A report that its protocol adapter understood. */
export interface IncomingEvent {
  draft: EventDraft;
  /** What was sent, cleaned. */
  raw: unknown;
}

export interface EventStore {
  /** Stores events, resolving after the commit with one outcome each, in order. @throws QueueFull; the database's error. */
  store(scope: ProjectScope, events: readonly IncomingEvent[], receivedAt: Date): Promise<EventOutcome[]>;
  /** Counts reports that could not be understood. */
  refuse(scope: ProjectScope, count: number): void;
  drain(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;
const LIMITS = { batchItems: 1000, batchBytes: 4 * MEGABYTE, queueBytes: 64 * MEGABYTE };
const REFUSED_FLUSH_MS = 1000;

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

/** The way from understood reports to stored events: normalise, group, and commit together with whatever else arrives. */
export function createEventStore(pool: Pool): EventStore {
  let refused = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;
  const takeRefused = (): Map<number, number> => {
    const taken = refused;
    refused = new Map();
    return taken;
  };

  const queue = new GroupCommit<PendingEvent, WriteOutcome>(async (items) => {
    const groupings = await applyTemplates(pool, items);
    const events = items.map((item, at) =>
      groupings[at] === item.grouping ? item : { ...item, grouping: groupings[at]! },
    );
    const counts = takeRefused();
    try {
      return await writeBatch(pool, events, counts, new Date());
    } catch (error) {
      for (const [project, count] of counts) refused.set(project, (refused.get(project) ?? 0) + count);
      throw error;
    }
  }, LIMITS);

  /** When no event comes along to count them with. */
  async function flushRefused(): Promise<void> {
    timer = undefined;
    const counts = takeRefused();
    if (counts.size > 0) await writeBatch(pool, [], counts, new Date()).catch(() => {});
  }

  return {
    store(scope, events, receivedAt) {
      const items = events.map((event) => prepareEvent(scope.projectId, event, receivedAt));
      return queue.submit(items.map((item) => ({ item, bytes: item.dataText.length + (item.rawText?.length ?? 0) })));
    },
    refuse(scope, count) {
      if (count === 0) return;
      refused.set(scope.projectId, (refused.get(scope.projectId) ?? 0) + count);
      timer ??= setTimeout(flushRefused, REFUSED_FLUSH_MS).unref();
    },
    async drain() {
      clearTimeout(timer);
      await queue.drain();
      await flushRefused();
    },
  };
}
