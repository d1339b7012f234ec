import { z } from 'zod';
import { MAX_FILTER, parseEventFilter } from './event-filter';

/** Which events of an issue are meant. Tags and words are looked for among the 2,000 events that are nearest. */
export const eventSearchSchema = z.object({
  /** Pattern of the message, `*` for anything. */
  message: z.string().trim().min(1).max(500).optional(),
  /** `environment:production release:1.4.2 browser:"Mobile Safari" timed out`: terms and words that all must hold. */
  filter: z
    .string()
    .trim()
    .max(MAX_FILTER, `expected at most ${MAX_FILTER} characters`)
    .transform(parseEventFilter)
    .optional(),
});
