import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { rawReference } from '../db/stored-stack';
import { AppError } from '../errors';
import type { GroupingPlan } from '../grouping';
import { groupingPlan } from '../grouping/grouping-plan';
import { personHash } from '../issues/person-hash';
import { filterKey } from '../projects/filter-key';
import type { SpoolState } from '../settings/spool-state';
import type { FrameMapper } from '../source-maps/frame-mapper.server';
import { Admission, mayBeSampled } from './admission';
import { findFilter } from './admission-filter';
import { filterRow, mergeCompanions, noCompanions } from './companions';
import { createDurableWriter, type Written } from './durable-write.server';
import { GroupCommit } from './group-commit';
import { groupIncoming } from './group-incoming';
import { type EventDraft, encodeEvent, normalizeEvent } from './normalize-event';
import { type DropCounts, type DropReason, type EventOutcome, heldEvent, type PendingEvent } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import { isObject } from './protocols/report-fields';
import type { RateLimit } from './rate-limit';
import type { SharedStack } from './shared-stack';
import type { Spool } from './spool-files.server';
import { type CompanionStore, createCompanionStore } from './store-companions.server';
import { captureWork } from './time-slices';
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
  /** The limit that is in force for the sender's items of a category, which is counted as turned away; null lets them pass. */
  turnAway(scope: ProjectScope, category: string): RateLimit | null;
  /** For what comes beside events; it shares their spool. */
  readonly companions: CompanionStore;
  /** Null without a spool. `away`: the database does not answer. */
  spoolState(): (SpoolState & { away: boolean }) | null;
  /** Resolves once everything accepted is safe. What the spool holds is left for the next start. */
  drain(): Promise<void>;
}

const MEGABYTE = 1024 * 1024;
/**
 * Two writes: while PostgreSQL commits one, the other is prepared. Single reports stay in one: what a write costs beside
 * its events would be paid twice.
 */
const LIMITS = {
  batchItems: 500,
  batchBytes: 4 * MEGABYTE,
  queueBytes: 64 * MEGABYTE,
  writes: 2,
  furtherItems: 100,
  keyOf: ({ idGiven, projectId, event }: PendingEvent): string | null => (idGiven ? `${projectId}:${event.id}` : null),
};
const DROPS_FLUSH_MS = 1000;
const RETRY_AFTER_S = 5;

/** What was sent, as JSON text. Null for what was cut in its normalised form: whole, it would only fill the disk. */
function encodeRaw(raw: unknown, stacks: readonly SharedStack[]): string | null {
  const named = stacks.length > 0 && isObject(raw) ? stacks.find(({ text }) => text === raw.stack_trace) : undefined;
  const text = JSON.stringify(named && isObject(raw) ? { ...raw, stack_trace: null } : raw);
  if (text.length + (named?.text.length ?? 0) > MEGABYTE) return null;
  return named ? rawReference(named.hash, text) : text;
}

/** An event ready to be written, all but what earlier messages teach about its template. */
export function prepareEvent(
  projectId: number,
  { draft, raw }: IncomingEvent,
  receivedAt: Date,
  plan: GroupingPlan | null = null,
): PendingEvent {
  const { event, idGiven, timeGiven } = normalizeEvent(draft, {
    receivedAt,
    fallbackId: randomUUID().replaceAll('-', ''),
  });
  const grouped = groupIncoming(plan, event);
  const { text: dataText, stacks } = encodeEvent(event);
  return {
    projectId,
    event,
    ...grouped,
    dataText,
    rawText: encodeRaw(raw, stacks),
    stacks,
    idGiven,
    timeGiven,
    userHash: personHash(event.user),
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
    'deferred' in outcome
      ? { refused: 'the database is not available; send this one again', later: true as const }
      : outcome,
  );
}

/**
 * The way from understood reports to safe events: normalise, group, and commit together with whatever else arrives. An
 * event gets its id and time once, here, so that writing it again after a failure cannot double it.
 */
export function createEventStore(
  pool: Pool,
  spool: Spool | null = null,
  mapper: FrameMapper | null = null,
): EventStore {
  let drops = new Map<number, Map<DropReason, number>>();
  let timer: NodeJS.Timeout | undefined;
  const admission = new Admission();
  const takeDrops = (): DropCounts => {
    const taken = drops;
    drops = new Map();
    return taken;
  };
  const addDrop = (projectId: number, reason: DropReason, count: number): void => {
    const reasons = drops.get(projectId) ?? new Map<DropReason, number>();
    drops.set(projectId, reasons.set(reason, (reasons.get(reason) ?? 0) + count));
  };
  const giveBack = (counts: DropCounts): void => {
    for (const [project, reasons] of counts) for (const [reason, count] of reasons) addDrop(project, reason, count);
  };
  const drop = ({ projectId }: ProjectScope, reason: DropReason, count: number): void => {
    if (count === 0) return;
    addDrop(projectId, reason, count);
    timer ??= setTimeout(flushDrops, DROPS_FLUSH_MS).unref();
  };

  const queue: GroupCommit<PendingEvent, Written> = new GroupCommit(async (items) => {
    const counts = takeDrops();
    const { outcomes, counted } = await writer.write(items, counts);
    if (!counted) giveBack(counts);
    return outcomes;
  }, LIMITS);

  const submit = (events: readonly PendingEvent[]): Promise<Written[]> =>
    queue.submit(events.map((item) => ({ item, bytes: item.dataText.length + (item.rawText?.length ?? 0) })));

  const writer = createDurableWriter(pool, spool, submit);
  writer.resume();
  const companions = createCompanionStore(pool, writer.hold);

  /** Nobody waits for the counts of filters, which are shown beside them. */
  function countFilters({ projectId, settings }: ProjectScope, dropped: readonly PendingEvent[], at: Date): void {
    const names = dropped.flatMap(({ event }) => findFilter(settings.filters, event) ?? []);
    const byRule = dropped.filter(({ droppedByRule }) => droppedByRule).length;
    if (names.length + byRule === 0) return;
    const day = at.toISOString().slice(0, 10);
    const discard = { project_id: projectId, day, source: 'errata', reason: 'grouping_rule', category: 'error' };
    const discards = byRule > 0 ? [{ ...discard, count: byRule }] : [];
    const filters = names.map((filter) => filterRow(projectId, filterKey(filter), 1, at));
    companions.store(mergeCompanions([{ ...noCompanions(), filters, discards }])).catch(() => {});
  }

  /** When no event comes along to count them with. */
  async function flushDrops(): Promise<void> {
    timer = undefined;
    const counts = takeDrops();
    if (counts.size === 0) return;
    await writeBatch(pool, [], counts, new Date()).catch(() => giveBack(counts));
  }

  return {
    async store(scope, events, receivedAt) {
      admission.charge(scope, events.length);
      const plan = groupingPlan(scope.projectId, scope.settings, receivedAt);
      // Grouping is to see frames as they were written, so this comes first.
      await mapper?.map(
        scope.projectId,
        events.map(({ draft }) => draft),
      );
      const judged = await captureWork.map(events, (event) => {
        const pending = prepareEvent(scope.projectId, event, receivedAt, plan);
        const judgement = admission.judge(scope, pending, performance.now());
        if (scope.hasSampled || mayBeSampled(scope.settings)) pending.sampled = judgement === 'sample';
        return { pending, isFiltered: judgement === 'filter' || pending.droppedByRule === true };
      });
      const kept = judged.filter(({ isFiltered }) => !isFiltered).map(({ pending }) => pending);
      const dropped = judged.filter(({ isFiltered }) => isFiltered).map(({ pending }) => pending);
      if (dropped.length > 0) countFilters(scope, dropped, receivedAt);
      drop(scope, 'filtered', dropped.length);
      const outcomes = toOutcomes(await submit(kept))[Symbol.iterator]();
      return judged.map(({ pending, isFiltered }) =>
        isFiltered ? heldEvent('filtered', pending) : outcomes.next().value!,
      );
    },
    refuse: (scope, count) => drop(scope, 'rejected', count),
    turnAway(scope, category) {
      if (category !== 'error') return null;
      const limit = admission.limit(scope, performance.now());
      if (limit) drop(scope, 'rate_limited', 1);
      return limit;
    },
    companions,
    spoolState: () => writer.state(),
    async drain() {
      clearTimeout(timer);
      await companions.drain();
      await writer.stop();
      await queue.drain();
      // Of envelopes whose event has just been stored.
      await companions.drain();
      await flushDrops();
      await mapper?.close();
      await spool?.close();
    },
  };
}
