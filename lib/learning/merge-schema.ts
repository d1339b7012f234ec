import { z } from 'zod';
import { entryStatusSchema, trackRecordSchema } from '../knowledge/entry-schema';

const side = z.object({
  id: z.string(),
  title: z.string(),
  status: entryStatusSchema,
  component: z.string(),
  track_record: trackRecordSchema,
});

/** "These two say the same": `drop` would go into `keep`. */
export const entryMergeSchema = z.object({
  id: z.string(),
  status: z.enum(['pending', 'accepted', 'rejected', 'superseded']),
  keep: side,
  drop: side,
  /** How alike they are, 0 to 1, by what each would find when it is asked for the other. */
  score: z.number(),
  /** Words and phrases they share. */
  shared: z.array(z.string()),
  decided_by: z.string().nullable(),
  decided_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
export type EntryMerge = z.infer<typeof entryMergeSchema>;
export const mergeParamsSchema = z.object({
  mergeId: z.string().regex(/^\d{1,18}$/, 'expected the number of a merge'),
});
export const mergeFilterSchema = z.object({ status: z.enum(['pending', 'accepted', 'rejected']).default('pending') });
