import { z } from 'zod';

export const REFERENCE_KINDS = ['entry', 'issue', 'release'] as const;
export const referenceQuerySchema = z.object({
  q: z.string().trim().max(200).default(''),
  kind: z.enum(REFERENCE_KINDS).optional(),
});
/** Something an entry can point at, and the Markdown that does. */
export const referenceSchema = z.object({
  kind: z.enum(REFERENCE_KINDS),
  id: z.string(),
  title: z.string(),
  markdown: z.string(),
});
export type Reference = z.infer<typeof referenceSchema>;
