import { z } from 'zod';

/** What did not become an event in the last days, and why. */
export const projectDropsSchema = z.object({
  days: z.number().int(),
  /** `sdk`: thrown away by the SDK, as it reports itself. `errata`: thrown away here. Most first. */
  items: z.array(
    z.object({
      source: z.enum(['sdk', 'errata']),
      reason: z.string(),
      category: z.string(),
      count: z.number().int(),
    }),
  ),
  /** By inbound filter: `message:*timeout*`, `health_checks`. */
  filters: z.array(z.object({ filter: z.string(), count: z.number().int() })),
});
export type ProjectDrops = z.infer<typeof projectDropsSchema>;
