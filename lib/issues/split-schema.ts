import { z } from 'zod';
import { ruleConditionSchema } from '../grouping/grouping-rules-schema';
import { issueSchema } from './issue-schema';

export const MAX_SPLIT_EVENTS = 1000;
const hex32 = z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits');

/** Which events are not this issue: exactly one of `hashes`, `events` and `where`. */
export const splitInputSchema = z
  .object({
    /** Grouping hashes of the issue. New events with them go to the new issue too. */
    hashes: z.array(hex32).min(1).max(500).optional(),
    /** Ids of stored events. New events stay where they are. */
    events: z.array(hex32).min(1).max(MAX_SPLIT_EVENTS, `expected at most ${MAX_SPLIT_EVENTS} events`).optional(),
    /** Conditions as in a grouping rule; all must hold. */
    where: z.array(ruleConditionSchema).min(1).max(10).optional(),
    /** With `where`: also make a grouping rule that keeps new events apart. Default true. */
    rule: z.boolean().optional(),
  })
  .refine(({ hashes, events, where }) => [hashes, events, where].filter((each) => each !== undefined).length === 1, {
    message: 'expected exactly one of hashes, events and where',
    path: ['where'],
  });
export type SplitInput = z.infer<typeof splitInputSchema>;

export const splitResultSchema = z.object({
  /** The new issue. */
  issue: issueSchema,
  /** The issue that the events were taken from, as it is now. */
  source: issueSchema,
  moved: z.number().int(),
  /** Text of the grouping rule that was made; null without one. */
  rule: z.string().nullable(),
  undo: z.string(),
});
export type SplitResult = z.infer<typeof splitResultSchema>;

/** A grouping hash of an issue, with how many stored events were filed under it and why. */
export const issueGroupingSchema = z.object({
  hash: z.string(),
  version: z.string(),
  events: z.number().int(),
  last_seen: z.iso.datetime().nullable(),
  parts: z.array(z.object({ kind: z.string(), value: z.string(), raw: z.string().optional() })),
});
export type IssueGrouping = z.infer<typeof issueGroupingSchema>;

/** What a split changed beside its events, kept in its turning point so that it can be taken back. */
export const splitRecordSchema = z.object({
  number: z.number().int(),
  rule: z.string().nullable(),
  fixes: z.array(
    z.object({
      id: z.string().regex(/^\d+$/),
      baseline_rate: z.number(),
      verdict: z.string(),
      verdict_at: z.string().nullable(),
      recurred_event: z.string().nullable(),
    }),
  ),
});
export type SplitRecord = z.infer<typeof splitRecordSchema>;
