import type { ProjectSettings } from '../projects/project-settings';
import { CURRENT_VERSION, type GroupingPlan } from '.';
import type { GroupingRules } from './grouping-rules-schema';
import { type CompiledRules, compileRules } from './rules/compile-rules';

const MAX_PROJECTS = 1000;

interface Compiled {
  /** As saved. */
  source: string;
  compiled: CompiledRules;
}

const compiledOf = new Map<number, Compiled>();
const lastRead = new WeakMap<GroupingRules, CompiledRules>();

/** Compiled once for as long as they stay the same, though settings are read again every few seconds. */
function compiledRules(projectId: number, rules: GroupingRules): CompiledRules {
  const same = lastRead.get(rules);
  if (same) return same;
  const source = JSON.stringify(rules);
  let known = compiledOf.get(projectId);
  if (known?.source !== source) {
    known = { source, compiled: compileRules(rules.rules) };
    if (compiledOf.size >= MAX_PROJECTS) compiledOf.clear();
    compiledOf.set(projectId, known);
  }
  lastRead.set(rules, known.compiled);
  return known.compiled;
}

type GroupingSettings = Pick<ProjectSettings, 'grouping_rules' | 'grouping_version' | 'grouping_transition'>;

/** How a project groups at a time; null where it is by the current version and nothing else. */
export function groupingPlan(projectId: number, settings: GroupingSettings, now: Date): GroupingPlan | null {
  const { grouping_rules: rules, grouping_version: version, grouping_transition: transition } = settings;
  const previous = transition && Date.parse(transition.until) > now.getTime() ? transition.from : null;
  if (rules.rules.length === 0 && version === CURRENT_VERSION && previous === null) return null;
  return { version, previous, rules: rules.rules.length > 0 ? compiledRules(projectId, rules) : null };
}
