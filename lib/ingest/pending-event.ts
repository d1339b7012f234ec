import type { GroupingResult } from '../grouping/grouping-schema';
import type { NormalizedEvent } from './event-schema';
import type { SharedStack } from './shared-stack';

/** An event ready to be stored: normalised, grouped, encoded. */
export interface PendingEvent {
  projectId: number;
  event: NormalizedEvent;
  grouping: GroupingResult;
  /** `event` and what the client sent, as JSON text that names `stacks`. */
  dataText: string;
  rawText: string | null;
  /** The stacks that others have too, and that are stored once. */
  stacks?: readonly SharedStack[];
  /** The sender chose the id, so it may be a repeat. */
  idGiven: boolean;
  /** The sender said when it happened; without, a repeat is looked for among the events of the last days. */
  timeGiven: boolean;
  /** Hash of who was affected. */
  userHash: string | null;
  /**
   * True: to be counted like any other, but without keeping the row. False: kept, in a project that samples, where a
   * repeat may have been sampled. Absent elsewhere.
   */
  sampled?: boolean;
  /** A grouping rule of the project throws it away. */
  droppedByRule?: boolean;
  /** See `completeGroupings`. */
  regroup?: (grouping: GroupingResult) => GroupingResult;
  /** Comes from the spool: when it turns out to be stored already, it was we who stored it. */
  replayed?: boolean;
}

export interface KnownFix {
  entryId: number;
  title: string;
  confidence: number;
}

/** An event that is in the database. */
export interface StoredEvent {
  /** `sampled`: counted, while its row was left out. */
  fate: 'stored' | 'sampled';
  id: string;
  projectId: number;
  issueNumber: number;
  /** It opened its issue. */
  isNew: boolean;
  /** Its id was stored before; nothing was counted. */
  duplicate: boolean;
  knownFix: KnownFix | null;
}

/** An event without an issue: it waits on disk for the database, or a filter dropped it. */
export interface HeldEvent {
  fate: 'spooled' | 'filtered';
  id: string;
  projectId: number;
  issueNumber: null;
  isNew: false;
  duplicate: false;
  knownFix: null;
}

export const heldEvent = (fate: HeldEvent['fate'], { projectId, event }: PendingEvent): HeldEvent => ({
  fate,
  id: event.id,
  projectId,
  issueNumber: null,
  isNew: false,
  duplicate: false,
  knownFix: null,
});

/**
 * Not stored, and why. `later`: nothing is wrong with the event, neither the database nor the spool takes it just now.
 * Without it, sending it again is no use.
 */
export interface RefusedEvent {
  refused: string;
  later?: true;
}

/** What the database says of one event: stored, or refused for a reason of its own. */
export type WriteOutcome = StoredEvent | RefusedEvent;

/** What became of one event that was accepted. */
export type EventOutcome = WriteOutcome | HeldEvent;

/** Why a report did not become an event; each is counted by this name. */
export type DropReason = 'rejected' | 'filtered' | 'rate_limited';

/** Reports that never became events, by project: they are counted with the next batch. */
export type DropCounts = ReadonlyMap<number, ReadonlyMap<DropReason, number>>;
