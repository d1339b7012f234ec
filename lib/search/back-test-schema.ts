import { z } from 'zod';
import { signatureSchema } from '../knowledge/entry-schema';

export const backTestInputSchema = z.strictObject({
  signatures: z.array(signatureSchema).min(1, 'expected at least one signature').max(200),
  /** The entry they belong to: its own issues are those it was applied to, and it collides not with itself. */
  entry: z.string().max(40).nullish(),
  /** Where the last call stopped. */
  cursor: z.string().max(2000).optional(),
});
export type BackTestInput = z.output<typeof backTestInputSchema>;

const exampleSchema = z.object({
  event: z.string().nullable(),
  at: z.iso.datetime(),
  /** The error text as the signatures saw it, shortened. */
  text: z.string(),
});

const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  service: z.string(),
  events: z.number().int(),
  last_seen: z.iso.datetime(),
});

export const backTestHitSchema = z.object({
  issue: issueSchema,
  /** The entry was applied to it, or is its known fix. */
  own: z.boolean(),
  /** Places of the signatures that hold, in the order they were sent. */
  signatures: z.array(z.number().int()),
  /** Events of it that were read, and those of them that a signature holds for. */
  read: z.number().int(),
  matched: z.number().int(),
  /** Another entry that is its known fix: what the signatures would quarrel with. */
  known_entry: z.string().nullable(),
  example: exampleSchema,
});
export type BackTestHit = z.infer<typeof backTestHitSchema>;

/** One stretch of the replay; add up those of all calls until `next_cursor` is null. */
export const backTestSchema = z.object({
  next_cursor: z.string().nullable(),
  progress: z.object({
    issues: z.number().int(),
    issues_total: z.number().int(),
    /** Events these issues stand for. */
    events: z.number().int(),
    events_total: z.number().int(),
    /** Events that were read one by one. */
    events_read: z.number().int(),
  }),
  /** In the order they were sent; `problem` says why one cannot be used. */
  signatures: z.array(z.object({ issues: z.number().int(), events: z.number().int(), problem: z.string().nullable() })),
  hits: z.object({ issues: z.number().int(), events: z.number().int(), data: z.array(backTestHitSchema) }),
  /** Its own issues that no signature holds for. */
  misses: z.object({
    issues: z.number().int(),
    data: z.array(z.object({ issue: issueSchema, example: exampleSchema })),
  }),
  /** Other published entries that claim the same issues, by their known fix or by their signatures. */
  collisions: z.array(
    z.object({
      entry: z.string(),
      title: z.string(),
      issues: z.number().int(),
      examples: z.array(z.string()),
    }),
  ),
});
export type BackTest = z.infer<typeof backTestSchema>;
