import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import type { GroupingResult } from './grouping-schema';
import * as v1 from './v1/group-event';

/**
 * Released versions of grouping; none is ever edited once events were grouped by it. A new one is added here, made the
 * current one, and the one before stays as `previous` until issues own hashes of both.
 */
export const VERSIONS: Readonly<Record<string, (event: NormalizedEvent) => GroupingResult>> = {
  [v1.VERSION]: (event) => v1.groupMinedEvent(event).result,
};

export const CURRENT_VERSION = v1.VERSION;

/** Groups one event by what it says itself. `groupEvents` in `template-store.server` adds what earlier messages teach. */
export function groupEvent(event: NormalizedEvent): GroupingResult {
  return v1.groupMinedEvent(event).result;
}
