import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import type { GroupingResult } from './grouping-schema';
import * as v1 from './v1/group-event';

/**
 * Released versions of grouping; none is edited once events were grouped by it. A new one is added here and made the
 * current one; the hashes of the one before are then added behind its own until issues own both.
 */
export const VERSIONS: Readonly<Record<string, (event: NormalizedEvent) => GroupingResult>> = {
  [v1.VERSION]: v1.groupEvent,
};

export const CURRENT_VERSION = v1.VERSION;

/**
 * Groups one event by what it says itself: a pure function of the event. What earlier messages teach is added to a whole
 * batch by `applyTemplates` of `template-store.server`.
 */
export const groupEvent = v1.groupEvent;
