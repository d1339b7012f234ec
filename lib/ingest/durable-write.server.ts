import type { Pool } from 'pg';
import { AppError } from '../errors';
import { completeGroupings } from '../grouping/complete-groupings.server';
import { log } from '../log.server';
import { SPOOL_STATE_KEY, type SpoolState } from '../settings/spool-state';
import { CountedPeople } from './counted-people';
import { BatchCut, isOutage } from './database-failure';
import { type DropCounts, type EventOutcome, heldEvent, type PendingEvent } from './pending-event';
import { encodeSpooled } from './spool-event';
import type { Spool } from './spool-files.server';
import { createReplay } from './spool-replay.server';
import { type Hold, writeCompanions } from './store-companions.server';
import { writeBatch } from './write-batch.server';

/** An outcome, or why there is none: the event is nowhere. */
export type Written = EventOutcome | { deferred: unknown };

export interface DurableWriter {
  /** Brings a batch into the database, or what that does not take into the spool. One outcome each, in order. */
  write(events: readonly PendingEvent[], drops: DropCounts): Promise<{ outcomes: Written[]; counted: boolean }>;
  /** The spool, for what comes beside events. */
  readonly hold: Hold;
  /** Null without a spool. */
  state(): (SpoolState & { away: boolean }) | null;
  /** Starts on what an earlier process left. */
  resume(): void;
  stop(): Promise<void>;
}

const MOST_PEOPLE = 50_000;
const STATE_EVERY_MS = 1000;
const RETRY_AFTER_S = 5;

/**
 * Writes events to the database, and to the spool while that is away. `replay` stores events of the spool; it is given
 * back to the caller's own queue, so that they share its batches with what comes in meanwhile.
 */
export function createDurableWriter(
  pool: Pool,
  spool: Spool | null,
  submit: (events: readonly PendingEvent[]) => Promise<Written[]>,
): DurableWriter {
  /** While it is, nobody waits for the database in vain: the replay looks for it. */
  let away = false;
  let stateWrittenAt = 0;
  const people = new CountedPeople(MOST_PEOPLE);
  // A new connection may lead to a database that was restored meanwhile.
  pool.on('connect', () => people.forget());

  const replay = spool
    ? createReplay({
        spool,
        probe: () => pool.query('SELECT 1'),
        async store(events) {
          const failed = (await submit(events)).find((outcome) => 'deferred' in outcome);
          if (failed && 'deferred' in failed) throw failed.deferred;
        },
        storeCompanions: (batch) => writeCompanions(pool, batch),
        onBack() {
          if (away) log().info({ bytes: spool.bytes }, 'The database is back');
          away = false;
        },
        onProgress() {
          const now = performance.now();
          if (spool.bytes > 0 && now - stateWrittenAt < STATE_EVERY_MS) return;
          stateWrittenAt = now;
          tellOthers().catch(() => {});
        },
      })
    : null;

  const state = (): SpoolState | null =>
    spool && replay ? { bytes: spool.bytes, max_bytes: spool.maxBytes, ...replay.counts } : null;

  let telling = false;
  let isNews = false;

  /** One at a time, the last word last: two connections may overtake each other. */
  async function tellOthers(): Promise<void> {
    isNews = true;
    if (telling) return;
    telling = true;
    try {
      while (isNews) {
        isNews = false;
        await pool.query(
          `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, now())
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`,
          [SPOOL_STATE_KEY, JSON.stringify(state())],
        );
      }
    } finally {
      telling = false;
    }
  }

  async function toDatabase(
    events: readonly PendingEvent[],
    drops: DropCounts,
  ): Promise<{ outcomes: Written[]; counted: boolean }> {
    try {
      const groupings = await completeGroupings(pool, events);
      const grouped = events.map((event, at) =>
        groupings[at] === event.grouping ? event : { ...event, grouping: groupings[at]! },
      );
      return { outcomes: await writeBatch(pool, grouped, drops, new Date(), people), counted: true };
    } catch (error) {
      const cut = error instanceof BatchCut ? error : null;
      const deferred = { deferred: cut ? cut.cause : error };
      const before: Written[] = cut ? cut.outcomes : [];
      return { outcomes: [...before, ...events.slice(before.length).map(() => deferred)], counted: cut !== null };
    }
  }

  /** Puts the events without an outcome on disk. */
  async function toSpool(events: readonly PendingEvent[], outcomes: Written[]): Promise<Written[]> {
    const left = events.filter((event, at) => !event.replayed && 'deferred' in outcomes[at]!);
    const first = outcomes.find((outcome) => 'deferred' in outcome);
    if (!spool || !replay || !first || !('deferred' in first)) return outcomes;
    if (!away) {
      log().error({ err: first.deferred, events: events.length }, 'Events could not be stored; they go to the spool');
      away = isOutage(first.deferred);
    }
    try {
      if (left.length > 0) await spool.append(left.map(encodeSpooled));
      return outcomes.map((outcome, at) =>
        'deferred' in outcome && !events[at]!.replayed ? heldEvent('spooled', events[at]!) : outcome,
      );
    } catch (error) {
      return outcomes.map((outcome, at) =>
        'deferred' in outcome && !events[at]!.replayed ? { deferred: error } : outcome,
      );
    } finally {
      replay.start();
    }
  }

  return {
    async write(events, drops) {
      const { outcomes, counted } = away
        ? { outcomes: events.map((): Written => ({ deferred: new Error('The database is away.') })), counted: false }
        : await toDatabase(events, drops);
      return { outcomes: await toSpool(events, outcomes), counted };
    },
    hold: {
      isAway: () => away,
      async keep(text) {
        if (!spool || !replay) {
          throw new AppError('unavailable', 'The database is not available.', { retryAfter: RETRY_AFTER_S });
        }
        try {
          await spool.append([text]);
        } catch (cause) {
          throw new AppError('unavailable', 'The spool takes no more.', { cause, retryAfter: RETRY_AFTER_S });
        } finally {
          replay.start();
        }
      },
    },
    state() {
      const now = state();
      return now && { ...now, away };
    },
    resume() {
      if (!spool) return;
      tellOthers().catch(() => {});
      if (spool.bytes > 0) replay?.start();
    },
    async stop() {
      await replay?.stop();
    },
  };
}
