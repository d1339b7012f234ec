import { z } from 'zod';
import { appliedRuleSchema } from './applied-rule-schema';
import { groupingRuleSchema, MAX_RULES } from './grouping-rules-schema';

const issueRef = z.object({ id: z.string(), title: z.string() });

/** Rules as data and as text; either is enough. */
export const rulesInputSchema = z
  .object({
    text: z.string().max(200_000).optional(),
    rules: z.array(groupingRuleSchema).max(MAX_RULES, `expected at most ${MAX_RULES} rules`).optional(),
  })
  .refine(({ text, rules }) => (text === undefined) !== (rules === undefined), {
    message: 'expected either text or rules',
    path: ['rules'],
  });
export type RulesInput = z.infer<typeof rulesInputSchema>;

export const rulesSaveSchema = rulesInputSchema.and(
  z.object({
    /** The version they were read at; a lost update is a conflict. */
    version: z.number().int().optional(),
  }),
);

export const rulesDtoSchema = z.object({
  version: z.number().int(),
  text: z.string(),
  rules: z.array(groupingRuleSchema),
});
export type RulesDto = z.infer<typeof rulesDtoSchema>;

export const MAX_PREVIEW = 5000;
export const previewInputSchema = rulesInputSchema.and(
  z.object({
    /** How many of the latest stored events it runs over. */
    events: z.number().int().min(1).max(MAX_PREVIEW).default(2000),
  }),
);

/** Where events would go: an issue that is there, or a new one by the name of its fingerprint. */
const destinationSchema = z.object({ issue: issueRef.nullable(), label: z.string() });

export const rulesPreviewSchema = z.object({
  /** Events that were looked at, the latest first. */
  examined: z.number().int(),
  /** Events there were to look at, had time been enough: false when it ran out. */
  complete: z.boolean(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  dropped: z.number().int(),
  /** One for each rule, in order: events for which it would have decided something. */
  rules: z.array(
    z.object({
      rule: z.string(),
      events: z.number().int(),
      issues: z.number().int(),
      examples: z.array(
        z.object({ id: z.string(), title: z.string(), issue: z.string(), sets: appliedRuleSchema.shape.sets }),
      ),
    }),
  ),
  /** Issues whose new events would go elsewhere, all of them (`stays` is 0) or some. */
  splits: z.array(
    z.object({
      issue: issueRef,
      stays: z.number().int(),
      goes: z.array(destinationSchema.extend({ events: z.number().int() })),
    }),
  ),
  /** Where new events of several issues would come together. */
  joins: z.array(destinationSchema.extend({ issues: z.array(issueRef.extend({ events: z.number().int() })) })),
});
export type RulesPreview = z.infer<typeof rulesPreviewSchema>;
