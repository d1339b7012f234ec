import { type GroupingPlan, groupByPlan, groupEvent } from '../grouping';
import { applyRules } from '../grouping/rules/apply-rules';
import type { NormalizedEvent } from './event-schema';
import type { PendingEvent } from './pending-event';

type Grouped = Pick<PendingEvent, 'grouping' | 'droppedByRule' | 'regroup'>;

/** Groups an event as its project asks. What its rules did is noted on the event itself, before it is encoded. */
export function groupIncoming(plan: GroupingPlan | null, event: NormalizedEvent): Grouped {
  if (!plan) return { grouping: groupEvent(event) };
  const { grouping, drop, level, applied } = groupByPlan(plan, event);
  if (drop) return { grouping, droppedByRule: true };
  const { rules } = plan;
  // The rules see the event as it was sent.
  const sent = rules?.asksForHashes && grouping.mining ? { ...event } : null;
  if (level) event.level = level;
  if (applied.length > 0) event.grouping_rules = applied;
  return sent && rules ? { grouping, regroup: (known) => applyRules(rules, sent, known).grouping } : { grouping };
}
