import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import type { GroupingResult } from './grouping-schema';
import { applyRules, type RuledGrouping } from './rules/apply-rules';
import type { CompiledRules } from './rules/compile-rules';
import * as v1 from './v1/group-event';

export type GroupEvent = (event: NormalizedEvent) => GroupingResult;
export type GroupingVersions = Readonly<Record<string, GroupEvent>>;

/**
 * Released versions of grouping; none is edited once events were grouped by it. A new one is added here and made the
 * current one; projects go over to it when their admin says so, through a time in which both are computed.
 */
export const VERSIONS: GroupingVersions = { [v1.VERSION]: v1.groupEvent };

export const CURRENT_VERSION = v1.VERSION;

/**
 * Groups one event by what it says itself: a pure function of the event. What earlier messages teach is added to a whole
 * batch by `completeGroupings`.
 */
export const groupEvent: GroupEvent = v1.groupEvent;

/** How a project groups. */
export interface GroupingPlan {
  /** Name of the version; one that is not known is the current one. */
  version: string;
  /** The version it comes from, while both are computed. */
  previous: string | null;
  rules: CompiledRules | null;
}

/** Groups one event as its project asks: by its version, the one before while that goes on, and its rules. Pure. */
export function groupByPlan(
  plan: GroupingPlan,
  event: NormalizedEvent,
  versions: GroupingVersions = VERSIONS,
): RuledGrouping {
  const by = (version: string): RuledGrouping => {
    const grouping = (versions[version] ?? groupEvent)(event);
    return plan.rules ? applyRules(plan.rules, event, grouping) : { grouping, drop: false, applied: [] };
  };
  const ruled = by(plan.version);
  if (plan.previous === null || !Object.hasOwn(versions, plan.previous)) return ruled;
  return { ...ruled, grouping: { ...ruled.grouping, previous: by(plan.previous).grouping } };
}
