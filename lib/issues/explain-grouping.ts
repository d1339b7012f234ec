import { type GroupingVersions, groupByPlan, VERSIONS } from '../grouping';
import type { GroupingPart } from '../grouping/grouping-schema';
import type { NormalizedEvent } from '../ingest/event-schema';
import { fittingValues, templateParts } from './place-values';

/** What is known of the hash an event was filed under. */
export interface FiledUnder {
  hash: string;
  version: string;
  /** Of the event that brought the hash first. */
  parts: readonly GroupingPart[];
}

export interface GroupingExplanation {
  /** What was hashed, with what stood there before normalising: in this very event where `own`, else in the first of its hash. */
  parts: GroupingPart[];
  own: boolean;
  /** What was normalised away. */
  normalised: { kind: GroupingPart['kind']; before: string; after: string }[];
  /** Hashes of the default grouping, in the order in which an issue is looked for. */
  hashes: string[];
  /** The message's template, and what stands at its variable places in this event. */
  template: { text: string; values: string[] } | null;
}

/**
 * Why an event is where it is, worked out anew from the event. Where that does not lead to its hash (a rule, a learnt
 * template, a split or a later change of grouping gave it), the parts kept with the hash are told instead.
 */
export function explainGrouping(
  event: NormalizedEvent,
  filed: FiledUnder,
  versions: GroupingVersions = VERSIONS,
): GroupingExplanation {
  const plan = { version: filed.version, previous: null, rules: null };
  const { grouping } = groupByPlan(plan, event, versions);
  const own = grouping.hashes.includes(filed.hash);
  const parts = own ? grouping.parts : [...filed.parts];
  const form = templateParts(grouping.template);
  const texts = [...event.exceptions.map(({ value }) => value ?? '').toReversed(), event.message ?? ''];
  return {
    parts,
    own,
    normalised: parts.flatMap(({ kind, value, raw }) =>
      raw !== undefined && raw !== value && kind !== 'fingerprint' ? [{ kind, before: raw, after: value }] : [],
    ),
    hashes: grouping.hashes,
    template: form.tokens.length > 0 ? { text: grouping.template, values: fittingValues(texts, form) ?? [] } : null,
  };
}
