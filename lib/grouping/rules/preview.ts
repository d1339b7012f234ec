import type { NormalizedEvent } from '@/lib/ingest/event-schema';
import { type GroupingPlan, groupByPlan } from '..';
import type { RuledGrouping } from './apply-rules';

/** A stored event, and the issue it is in. */
export interface PastEvent {
  id: string;
  title: string;
  issueNumber: number;
  event: NormalizedEvent;
}

/** What becomes of an event under new rules. `hashes` is null where they lead where those in force lead. */
export interface Foretold {
  past: PastEvent;
  ruled: RuledGrouping;
  hashes: readonly string[] | null;
}

const MAX_EXAMPLES = 3;

/** The event as it was sent: rules may have set another level since. */
function asSent(event: NormalizedEvent): NormalizedEvent {
  const { grouping_rules: applied, ...sent } = event;
  const before = applied?.find(({ level_before }) => level_before !== undefined)?.level_before;
  return before ? { ...sent, level: before as NormalizedEvent['level'] } : sent;
}

export function foretell(past: PastEvent, inForce: GroupingPlan, proposed: GroupingPlan): Foretold {
  const event = asSent(past.event);
  const ruled = groupByPlan(proposed, event);
  const now = groupByPlan(inForce, event).grouping.hashes;
  const then = ruled.grouping.hashes;
  return {
    past,
    ruled,
    hashes: now.length === then.length && now.every((hash, at) => hash === then[at]) ? null : then,
  };
}

interface RuleTally {
  events: number;
  issues: Set<number>;
  examples: { past: PastEvent; sets: ('fingerprint' | 'title' | 'level')[] }[];
}

/** Where events go: to the issue of that number, or to a new one that its hash will make. */
interface Destination {
  issueNumber: number | null;
  label: string;
  from: Map<number, number>;
}

/** Adds up what many events foretell. */
export class PreviewTally {
  examined = 0;
  dropped = 0;
  readonly #rules: readonly string[];
  readonly #byRule = new Map<string, RuleTally>();
  readonly #destinations = new Map<string, Destination>();

  constructor(rules: readonly string[]) {
    this.#rules = rules;
  }

  /** `owner`: the issue that owns one of its new hashes, if any does. */
  add({ past, ruled, hashes }: Foretold, owner: number | undefined, dropRule: string | undefined): void {
    this.examined++;
    if (ruled.drop) {
      this.dropped++;
      if (dropRule) this.#count(dropRule, past, []);
      return;
    }
    for (const { rule, sets } of ruled.applied) this.#count(rule, past, sets);
    const number = hashes === null ? past.issueNumber : owner;
    const key = number === undefined ? hashes![0]! : `#${number}`;
    const fingerprint = ruled.grouping.parts.filter(({ kind }) => kind === 'fingerprint').map(({ value }) => value);
    const destination = this.#destinations.get(key) ?? {
      issueNumber: number ?? null,
      label: fingerprint.join(', ') || ruled.grouping.title,
      from: new Map<number, number>(),
    };
    destination.from.set(past.issueNumber, (destination.from.get(past.issueNumber) ?? 0) + 1);
    this.#destinations.set(key, destination);
  }

  #count(rule: string, past: PastEvent, sets: RuleTally['examples'][number]['sets']): void {
    const tally = this.#byRule.get(rule) ?? { events: 0, issues: new Set(), examples: [] };
    tally.events++;
    if (tally.examples.length < MAX_EXAMPLES && !tally.issues.has(past.issueNumber))
      tally.examples.push({ past, sets });
    tally.issues.add(past.issueNumber);
    this.#byRule.set(rule, tally);
  }

  /** In the order of the rules. */
  get rules(): ({ rule: string } & RuleTally)[] {
    return this.#rules.map((rule) => ({
      rule,
      ...(this.#byRule.get(rule) ?? { events: 0, issues: new Set(), examples: [] }),
    }));
  }

  /** Destinations that several issues share, the largest first. */
  get joins(): Destination[] {
    return [...this.#destinations.values()]
      .filter(({ from }) => from.size > 1)
      .sort((a, b) => b.from.size - a.from.size);
  }

  /** Issues whose events would go elsewhere, those with the most events first. */
  get splits(): {
    issueNumber: number;
    stays: number;
    goes: { issueNumber: number | null; label: string; events: number }[];
  }[] {
    const byIssue = new Map<
      number,
      { stays: number; goes: { issueNumber: number | null; label: string; events: number }[] }
    >();
    for (const { issueNumber, label, from } of this.#destinations.values()) {
      for (const [source, events] of from) {
        const split = byIssue.get(source) ?? { stays: 0, goes: [] };
        if (issueNumber === source) split.stays += events;
        else split.goes.push({ issueNumber, label, events });
        byIssue.set(source, split);
      }
    }
    const moved = (goes: { events: number }[]) => goes.reduce((sum, { events }) => sum + events, 0);
    return [...byIssue]
      .map(([issueNumber, { stays, goes }]) => ({ issueNumber, stays, goes: goes.sort((a, b) => b.events - a.events) }))
      .filter(({ goes }) => goes.length > 0)
      .sort((a, b) => moved(b.goes) - moved(a.goes));
  }
}
