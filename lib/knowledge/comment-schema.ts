import { z } from 'zod';
import { ENTRY_FIELDS } from './entry-words';

const number = z.string().regex(/^\d{1,18}$/, 'expected the number of a comment');

export const reviewCommentSchema = z.object({
  id: z.string(),
  body: z.string(),
  author: z.string(),
  author_id: z.string().nullable(),
  created_at: z.iso.datetime(),
});

/** What was said about one field, or the entry as a whole (`field` null), and whether it is settled. */
export const reviewThreadSchema = z.object({
  id: z.string(),
  field: z.enum(ENTRY_FIELDS).nullable(),
  /** Revision it was begun on. */
  version: z.number().int(),
  resolved_at: z.iso.datetime().nullable(),
  resolved_by: z.string().nullable(),
  comments: z.array(reviewCommentSchema),
});
export type ReviewThread = z.infer<typeof reviewThreadSchema>;

export const commentInputSchema = z.strictObject({
  body: z.string().trim().min(1, 'expected some words').max(10_000),
  field: z.enum(ENTRY_FIELDS).nullish(),
  /** The thread it answers; `field` is that of the thread then. */
  thread: number.optional(),
});

export const commentParamsSchema = z.object({ entryId: z.string(), commentId: number });
export const threadChangeSchema = z.strictObject({ resolved: z.boolean() });
