import { z } from 'zod';
import { LEVELS } from '../ingest/event-schema';

/** What a condition of a grouping rule may look at. Those of a frame must hold on one frame together. */
export const RULE_FIELDS = [
  'type',
  'value',
  'message',
  'path',
  'module',
  'function',
  'package',
  'app',
  'service',
  'environment',
  'release',
  'level',
  'logger',
  'transaction',
  'platform',
  'tag',
  'hash',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export const MAX_RULES = 200;
const MAX_CONDITIONS = 20;
const MAX_PATTERNS = 50;
const MAX_PARTS = 16;

const text = (max: number) => z.string().trim().min(1, 'expected some text').max(max);

/** What is wrong with a pattern for its field; null when nothing is. */
export function patternProblem(field: RuleField, pattern: string): string | null {
  if (field === 'app' && pattern !== 'true' && pattern !== 'false') return 'expected true or false';
  if (field === 'hash' && !/^[0-9a-f]{32}$/.test(pattern)) return 'expected a grouping hash of 32 hex digits';
  if (field === 'level' && !pattern.includes('*') && !LEVELS.some((level) => level === pattern))
    return `expected one of ${LEVELS.join(', ')}`;
  return null;
}

/** Holds when the field has the form of any of the patterns, where `*` is anything; with `negated`, when it has that of none. */
export const ruleConditionSchema = z
  .strictObject({
    field: z.enum(RULE_FIELDS, `expected one of ${RULE_FIELDS.join(', ')}`),
    /** Name of the tag, for the field `tag` only. */
    key: text(200).optional(),
    patterns: z.array(text(500)).min(1, 'expected a pattern').max(MAX_PATTERNS),
    negated: z.boolean().optional(),
  })
  .superRefine(({ field, key, patterns }, context) => {
    if ((field === 'tag') !== (key !== undefined)) {
      const message = field === 'tag' ? 'expected the name of the tag' : 'only the field tag has a key';
      context.addIssue({ code: 'custom', path: ['key'], message });
    }
    for (const [index, pattern] of patterns.entries()) {
      const message = patternProblem(field, pattern);
      if (message) context.addIssue({ code: 'custom', path: ['patterns', index], message });
    }
  });
export type RuleCondition = z.infer<typeof ruleConditionSchema>;

const VARIABLES = [
  'default',
  'type',
  'error.type',
  'value',
  'error.value',
  'message',
  'function',
  'stack.function',
  'module',
  'stack.module',
  'path',
  'stack.abs_path',
  'stack.filename',
  'package',
  'stack.package',
  'transaction',
  'level',
  'logger',
  'environment',
  'release',
  'service',
];

/** What is wrong with the variables of a template; null when nothing is. `{{ default }}` stands alone, in a fingerprint only. */
export function templateProblem(template: string, kind: 'fingerprint' | 'title'): string | null {
  for (const [whole, inner] of template.matchAll(/\{\{([^{}]{0,210})\}\}/g)) {
    const name = inner!.trim();
    if (name === 'default') {
      if (kind === 'title') return '{{ default }} stands for hashed parts, so it cannot be part of a title';
      if (template.trim() !== whole) return '{{ default }} must be a part of its own';
    } else if (!VARIABLES.includes(name) && !/^tags\.[\w.-]+$/.test(name)) {
      return `there is no variable ${whole}; expected one of ${VARIABLES.join(', ')} or tags.NAME`;
    }
  }
  return null;
}

const template = (kind: 'fingerprint' | 'title', max: number) =>
  text(max).superRefine((value, context) => {
    const message = templateProblem(value, kind);
    if (message) context.addIssue({ code: 'custom', message });
  });

/**
 * A rule of a project's own: when all conditions hold, it gives the event a fingerprint, a title or a level, or drops it.
 * Fingerprint and title take variables: `{{ default }}`, `{{ type }}`, `{{ tags.region }}`, …
 */
export const groupingRuleSchema = z
  .strictObject({
    conditions: z.array(ruleConditionSchema).min(1, 'expected a condition').max(MAX_CONDITIONS),
    fingerprint: z.array(template('fingerprint', 200)).min(1).max(MAX_PARTS).optional(),
    title: template('title', 200).optional(),
    level: z.enum(LEVELS, `expected one of ${LEVELS.join(', ')}`).optional(),
    drop: z.literal(true).optional(),
    /** What it is for; a comment in the text form. */
    note: z.string().trim().max(1000).optional(),
  })
  .superRefine(({ fingerprint, title, level, drop }, context) => {
    const changes = [fingerprint, title, level].filter((action) => action !== undefined).length;
    if (drop ? changes === 0 : changes > 0) return;
    const message = drop ? 'a rule that drops can do nothing else' : 'expected a fingerprint, a title, a level or drop';
    context.addIssue({ code: 'custom', message });
  });
export type GroupingRule = z.infer<typeof groupingRuleSchema>;

/** Rules in the order in which they are asked. `version` counts the times they were saved. */
export const groupingRulesSchema = z.strictObject({
  version: z.number().int().min(0),
  rules: z.array(groupingRuleSchema).max(MAX_RULES, `expected at most ${MAX_RULES} rules`),
});
export type GroupingRules = z.infer<typeof groupingRulesSchema>;
