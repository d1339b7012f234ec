import { createHash } from 'node:crypto';
import type { Level, NormalizedEvent } from '@/lib/ingest/event-schema';
import type { AppliedRule } from '../applied-rule-schema';
import type { GroupingPart, GroupingResult } from '../grouping-schema';
import { fillVariables } from '../v1/fingerprint';
import { hashParts } from '../v1/group-event';
import { type CompiledRule, type CompiledRules, lazyFrames } from './compile-rules';

const MAX_TITLE = 256;
const MAX_PART = 512;

/** What the rules of a project say of one event. */
export interface RuleOutcome {
  /** The event is to be thrown away; nothing else counts then. */
  drop: boolean;
  /** The rule that says so. */
  dropping?: CompiledRule;
  fingerprint?: CompiledRule;
  title?: CompiledRule;
  level?: CompiledRule;
}

/** Asks the rules in their order. For each of fingerprint, title and level the first that fits decides; one that drops ends it. */
export function judgeEvent(rules: CompiledRules, event: NormalizedEvent, hashes: readonly string[]): RuleOutcome {
  const outcome: RuleOutcome = { drop: false };
  const frames = lazyFrames(event);
  for (const each of rules.rules) {
    const { fingerprint, title, level, drop } = each.rule;
    const isNews =
      drop ||
      (fingerprint && !outcome.fingerprint) ||
      (title !== undefined && !outcome.title) ||
      (level !== undefined && !outcome.level);
    if (!isNews || !each.fits({ event, hashes }, frames)) continue;
    if (drop) return { drop: true, dropping: each };
    if (fingerprint) outcome.fingerprint ??= each;
    if (title !== undefined) outcome.title ??= each;
    if (level !== undefined) outcome.level ??= each;
  }
  return outcome;
}

const isDefault = (part: string) => /^\{\{\s{0,8}default\s{0,8}\}\}$/.test(part);

/** The hash of a fingerprint; `basis` stands for its `{{ default }}`. */
export function fingerprintHash(texts: readonly string[], basis?: string): string {
  return hashParts(
    texts.map((text): GroupingPart => ({ kind: 'fingerprint', value: isDefault(text) ? `default ${basis}` : text })),
  );
}

/** The grouping that a fingerprint gives, with all hashes of the default one where it takes that in. */
function withFingerprint(
  grouping: GroupingResult,
  fingerprint: readonly string[],
  event: NormalizedEvent,
): GroupingResult {
  const texts = fingerprint.map((part) => (isDefault(part) ? part : fillVariables(part, event).slice(0, MAX_PART)));
  const parts = fingerprint.flatMap((part, index): GroupingPart[] => {
    if (isDefault(part)) return grouping.parts;
    const value = texts[index]!;
    return [value === part ? { kind: 'fingerprint', value } : { kind: 'fingerprint', value, raw: part }];
  });
  const { mining, ...rest } = grouping;
  const takesDefault = texts.some(isDefault);
  const hashes = takesDefault ? grouping.hashes.map((hash) => fingerprintHash(texts, hash)) : [fingerprintHash(texts)];
  if (!takesDefault || !mining) return { ...rest, hashes, parts };
  // Templates are learnt among the events of this fingerprint alone.
  const scope = createHash('md5')
    .update(`${mining.scope} ${fingerprintHash(texts, '')}`)
    .digest('hex');
  return { ...rest, hashes, parts, mining: { ...mining, scope } };
}

/** A grouping as the rules leave it. */
export interface RuledGrouping {
  grouping: GroupingResult;
  drop: boolean;
  /** Where a rule sets one. */
  level?: Level;
  applied: AppliedRule[];
}

function appliedRules({ fingerprint, title, level }: RuleOutcome, event: NormalizedEvent): AppliedRule[] {
  const applied: AppliedRule[] = [];
  for (const [set, rule] of [
    ['fingerprint', fingerprint],
    ['title', title],
    ['level', level],
  ] as const) {
    if (!rule) continue;
    const known = applied.find((each) => each.rule === rule.text);
    if (known) known.sets.push(set);
    else applied.push({ rule: rule.text, sets: [set] });
    if (set === 'level' && rule.rule.level !== event.level)
      applied.find((each) => each.rule === rule.text)!.level_before = event.level;
  }
  return applied;
}

/** Applies the rules of a project to the grouping of an event. Pure; changes neither. */
export function applyRules(rules: CompiledRules, event: NormalizedEvent, grouping: GroupingResult): RuledGrouping {
  const outcome = judgeEvent(rules, event, grouping.hashes);
  if (outcome.drop) return { grouping, drop: true, applied: [] };
  let ruled = grouping;
  const fingerprint = outcome.fingerprint?.rule.fingerprint;
  if (fingerprint) ruled = withFingerprint(grouping, fingerprint, event);
  if (outcome.title) {
    ruled = {
      ...ruled,
      title: fillVariables(outcome.title.rule.title!, event).replace(/\s+/g, ' ').slice(0, MAX_TITLE),
    };
  }
  const level = outcome.level?.rule.level;
  return { grouping: ruled, drop: false, ...(level ? { level } : {}), applied: appliedRules(outcome, event) };
}
