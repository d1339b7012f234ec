import { z } from 'zod';
import { MODEL_OUTCOMES } from './model-budget';

/** The language model as the environment names it, and how it did. */
export const modelStateSchema = z.object({
  configured: z.boolean(),
  /** Scheme, host and port of the endpoint. */
  url: z.string().nullable(),
  model: z.string().nullable(),
  has_key: z.boolean(),
  timeout_seconds: z.number().nullable(),
  /** Questions a day (UTC), and those asked today. */
  budget: z.number().int(),
  used_today: z.number().int(),
  /** Why it is not asked now; null when it may be. */
  why_not: z.string().nullable(),
  last_30_days: z.array(z.object({ outcome: z.enum(MODEL_OUTCOMES), count: z.number().int() })),
  tokens_30_days: z.number().int(),
});
export type ModelState = z.infer<typeof modelStateSchema>;
