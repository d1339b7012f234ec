import { log } from '../log.server';
import { type CompanionBatch, decodeCompanions } from './companions';
import { isOutage } from './database-failure';
import type { PendingEvent } from './pending-event';
import { decodeSpooled } from './spool-event';
import type { Segment, Spool } from './spool-files.server';
import { readRecords } from './spool-record.server';

/** What the spool has been through since the process started. */
export interface ReplayCounts {
  replayed: number;
  /** Records that a crash tore off while they were written; nobody was told that they are safe. */
  torn: number;
  /** Records that the disk changed after they were written. */
  damaged: number;
  /** Records that cannot be stored, kept in a file of their own. */
  aside: number;
}

const CHUNK = { events: 200, characters: 2 * 1024 * 1024 };
const WAIT_MS = { least: 100, most: 2000 };
/** Tries of an event that fails by itself. */
const TRIES = 3;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

interface Options {
  spool: Spool;
  /** Resolves when the database answers. */
  probe(): Promise<unknown>;
  /** Stores events that come from the spool. @throws whatever the database says when it did not take all of them. */
  store(events: readonly PendingEvent[]): Promise<void>;
  /** The same for what came beside events. */
  storeCompanions(batch: CompanionBatch): Promise<void>;
  /** The database answers, and something may follow. */
  onBack(): void;
  /** The counts changed. */
  onProgress(): void;
}

export interface Replay {
  readonly counts: Readonly<ReplayCounts>;
  /** There is something to store, or the database has to be watched until it is back. Does nothing while it runs. */
  start(): void;
  /** Resolves when nothing of it is under way any more. What waits on disk stays there. */
  stop(): Promise<void>;
}

/** Brings the events of the spool into the database, oldest first, as soon as it answers. */
export function createReplay({ spool, probe, store, storeCompanions, onBack, onProgress }: Options): Replay {
  const counts: ReplayCounts = { replayed: 0, torn: 0, damaged: 0, aside: 0 };
  let running: Promise<void> | null = null;
  let stopping = false;

  async function untilBack(): Promise<void> {
    for (let wait = WAIT_MS.least; !stopping; wait = Math.min(wait * 2, WAIT_MS.most)) {
      try {
        await probe();
        onBack();
        return;
      } catch {
        await sleep(wait);
      }
    }
  }

  async function setAside(text: string, cause: unknown): Promise<void> {
    log().error({ err: cause }, 'A record of the spool cannot be stored and was set aside');
    await spool.setAside(text);
    counts.aside++;
  }

  /** Stores one record, or gives it up when it is the record and not the database that fails. */
  async function storeAlone(work: () => Promise<void>, text: string): Promise<void> {
    for (let failed = 0; !stopping; ) {
      try {
        await work();
        counts.replayed++;
        return;
      } catch (error) {
        if (!isOutage(error) && ++failed >= TRIES) return setAside(text, error);
        await sleep(WAIT_MS.least);
        await untilBack();
      }
    }
  }

  async function storeChunk(chunk: { event: PendingEvent; text: string }[]): Promise<void> {
    if (chunk.length === 0 || stopping) return;
    try {
      await store(chunk.map(({ event }) => event));
      counts.replayed += chunk.length;
    } catch {
      await untilBack();
      for (const { event, text } of chunk) await storeAlone(() => store([event]), text);
    }
    onProgress();
  }

  async function replay(segment: Segment): Promise<void> {
    let chunk: { event: PendingEvent; text: string }[] = [];
    let characters = 0;
    for (const record of readRecords(await spool.read(segment))) {
      if (stopping) return;
      if ('broken' in record) {
        counts[record.broken]++;
        log().warn({ path: segment.path, bytes: record.bytes }, `The spool held a ${record.broken} record`);
        continue;
      }
      try {
        const batch = decodeCompanions(record.text);
        if (batch) await storeAlone(() => storeCompanions(batch), record.text);
        else chunk.push({ event: decodeSpooled(record.text), text: record.text });
      } catch (error) {
        counts.damaged++;
        log().error({ err: error, path: segment.path }, 'The spool held a record that is no event');
        await spool.setAside(record.text);
      }
      characters += record.text.length;
      if (chunk.length < CHUNK.events && characters < CHUNK.characters) continue;
      await storeChunk(chunk);
      chunk = [];
      characters = 0;
    }
    await storeChunk(chunk);
    if (!stopping) await spool.remove(segment);
    onProgress();
  }

  async function run(): Promise<void> {
    await untilBack();
    for (;;) {
      const segment = stopping ? null : await spool.oldest();
      if (!segment) return;
      await replay(segment);
    }
  }

  function start(): void {
    if (running || stopping) return;
    running = run()
      .catch(async (error: unknown) => {
        log().error({ err: error }, 'The spool could not be replayed; trying again');
        await sleep(WAIT_MS.most);
        return true;
      })
      .then((failed) => {
        running = null;
        // Whatever came in after the last look.
        if (failed || spool.bytes > 0) start();
      });
  }

  return {
    counts,
    start,
    async stop() {
      stopping = true;
      await running;
    },
  };
}
