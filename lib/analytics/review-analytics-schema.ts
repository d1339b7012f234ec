import { z } from 'zod';
import { preventionTotalsSchema } from '../knowledge/prevention-schema';

const compared = z.object({ value: z.number().nullable(), before: z.number().nullable() });

/** How long suggestions and entries waited for a reviewer, over those decided in the period. Milliseconds. */
export const timeToReviewSchema = z.object({
  decided: compared,
  median_ms: compared,
  p90_ms: compared,
  /** Suggestions that wait now, and for how long the oldest has. */
  waiting: z.number().int(),
  oldest_waiting_ms: z.number().nullable(),
  /** Entries sent to review and then published or sent back. */
  entries: z.object({ decided: z.number().int(), median_ms: z.number().nullable() }),
});
export type TimeToReview = z.infer<typeof timeToReviewSchema>;

export const preventionDebtSchema = preventionTotalsSchema;
