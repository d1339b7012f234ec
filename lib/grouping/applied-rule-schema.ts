import { z } from 'zod';

/** What a rule did to an event, kept with the event. `rule` is its text. */
export const appliedRuleSchema = z.object({
  rule: z.string(),
  sets: z.array(z.enum(['fingerprint', 'title', 'level'])),
  /** The level that was sent, where the rule set another. */
  level_before: z.string().optional(),
});
export type AppliedRule = z.infer<typeof appliedRuleSchema>;
