import type { GroupingResult } from '../grouping/grouping-schema';
import type { NormalizedEvent } from './event-schema';
import type { PendingEvent } from './pending-event';

/** Hex digits that stand for `n`, of the length of ids and hashes. */
export const hex = (n: number): string => n.toString(16).padStart(32, '0');

/** An event for tests that starts where grouping is done. `hash`: which issue it belongs to. */
export function pendingEvent(
  projectId: number,
  id: number,
  hash: number,
  options: Partial<NormalizedEvent> &
    Partial<Pick<PendingEvent, 'idGiven' | 'timeGiven' | 'userHash' | 'dataText'>> = {},
): PendingEvent {
  const { idGiven = true, timeGiven = true, userHash = null, dataText, ...fields } = options;
  const event: NormalizedEvent = {
    id: hex(id),
    timestamp: '2026-11-20T10:00:00.000Z',
    received_at: '2026-11-20T10:00:00.000Z',
    protocol: 'errors',
    platform: 'python',
    level: 'error',
    service: 'shop',
    environment: 'production',
    exceptions: [{ type: 'ValueError', value: `bad ${hash}` }],
    tags: [],
    trimmed: [],
    ...fields,
  };
  const grouping: GroupingResult = {
    version: 'v1',
    hashes: [hex(hash)],
    parts: [{ kind: 'type', value: 'ValueError' }],
    title: `ValueError: bad ${hash}`,
    type: 'ValueError',
    value: `bad ${hash}`,
    culprit: 'pay',
    template: 'bad <int>',
  };
  return {
    projectId,
    event,
    grouping,
    dataText: dataText ?? JSON.stringify(event),
    rawText: null,
    idGiven,
    timeGiven,
    userHash,
  };
}
