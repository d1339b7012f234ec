import { z } from 'zod';

const count = z.number().int();

/** The same failure in several issues. */
export const patternSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What its issues have in common: a message without its variable parts, or the top of the stack. */
  keys: z.array(z.object({ kind: z.enum(['template', 'frames']), value: z.string() })),
  services: z.array(z.string()),
  /** Slugs. */
  projects: z.array(z.string()),
  issues: z.array(z.object({ id: z.string(), service: z.string(), status: z.string(), events: count })),
  issue_count: count,
  open_count: count,
  events: count,
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  /** Entries accepted for any of its issues. */
  entries: z.array(z.string()),
});
export type Pattern = z.infer<typeof patternSchema>;

export const patternFilterSchema = z.object({
  /** Only patterns of at least so many services. */
  services: z.coerce.number().int().min(1).max(100).default(1),
});
