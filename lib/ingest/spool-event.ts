import { readRaw } from '../db/stored-stack';
import type { GroupingResult } from '../grouping/grouping-schema';
import type { NormalizedEvent } from './event-schema';
import type { PendingEvent } from './pending-event';

/** The form of the text; a change of it needs a reader for the old one, because spools outlive updates. */
const VERSION = 1;

interface SpooledText {
  version: number;
  project: number;
  grouping: GroupingResult;
  timeGiven: boolean;
  userHash: string | null;
  sampled?: boolean;
  event: NormalizedEvent;
  raw: unknown;
}

/** `event` and `raw` of the line, with the stacks that they only name. */
function encodeWhole({ event, dataText, rawText, stacks = [] }: PendingEvent): [string, string] {
  if (stacks.length === 0) return [dataText, rawText ?? 'null'];
  const bodies = new Map(stacks.map((stack) => [stack.hash, stack]));
  return [JSON.stringify(event), rawText === null ? 'null' : JSON.stringify(readRaw(rawText, bodies))];
}

/**
 * An event as one line of JSON, with all that was decided about it when it came: its id, its time, its grouping. It holds
 * its stacks, and is stored with them: the database it comes into may know none of them.
 */
export function encodeSpooled(pending: PendingEvent): string {
  const columns = JSON.stringify({
    version: VERSION,
    project: pending.projectId,
    grouping: pending.grouping,
    // An id that we made never comes with another time.
    timeGiven: pending.timeGiven || !pending.idGiven,
    userHash: pending.userHash,
    sampled: pending.sampled,
  });
  const [event, raw] = encodeWhole(pending);
  return `${columns.slice(0, -1)},"event":${event},"raw":${raw}}`;
}

/** The event of such a line. From here on it counts as one with an id: it may be stored already. @throws Error when it is none. */
export function decodeSpooled(text: string): PendingEvent {
  const line = JSON.parse(text) as Partial<SpooledText>;
  const { project, grouping, event } = line;
  if (line.version !== VERSION || project === undefined || !grouping || !event) {
    throw new Error(`expected an event in form ${VERSION}, found form ${line.version}`);
  }
  return {
    projectId: project,
    event,
    grouping,
    dataText: JSON.stringify(event),
    rawText: line.raw === null || line.raw === undefined ? null : JSON.stringify(line.raw),
    idGiven: true,
    timeGiven: line.timeGiven ?? true,
    userHash: line.userHash ?? null,
    sampled: line.sampled,
    replayed: true,
  };
}
