import type { GroupingResult } from '../grouping/grouping-schema';
import type { NormalizedEvent } from './event-schema';

/** An event ready to be stored: normalised, grouped, encoded. */
export interface PendingEvent {
  projectId: number;
  event: NormalizedEvent;
  grouping: GroupingResult;
  /** `event` and what the client sent, as JSON text. */
  dataText: string;
  rawText: string | null;
  /** The sender chose the id, so it may be a repeat. */
  idGiven: boolean;
  /** The sender said when it happened; without, a repeat is looked for among the events of the last days. */
  timeGiven: boolean;
  /** Hash of who was affected. */
  userHash: string | null;
}

export interface KnownFix {
  entryId: number;
  title: string;
  confidence: number;
}

/** What became of one event. */
export interface StoredEvent {
  id: string;
  projectId: number;
  issueNumber: number;
  /** It opened its issue. */
  isNew: boolean;
  /** Its id was stored before; nothing was counted. */
  duplicate: boolean;
  knownFix: KnownFix | null;
}

/** Stored, or refused by the database for a reason of its own. */
export type WriteOutcome = StoredEvent | { refused: string };
