import { z } from 'zod';

/** `ERROR-042`, or `new` for an entry that was never saved. */
export const draftParamsSchema = z.object({
  entryKey: z.string().regex(/^(?:new|ERROR-\d{1,9})$/, 'expected the id of an entry, or new'),
});

/** Unsaved words as the editor holds them: half-written, so not yet held against the rules of an entry. */
export const draftInputSchema = z.strictObject({
  /** Revision they started from; 0 for a new entry. */
  version: z.number().int().nonnegative(),
  content: z.record(z.string().max(100), z.unknown()),
});

export const draftSchema = draftInputSchema.extend({ saved_at: z.iso.datetime() });
export type ServerDraft = z.infer<typeof draftSchema>;

/** Bytes of a draft: all Markdown fields of an entry at their longest would be more than anybody types. */
export const DRAFT_LIMIT = 8 * 1024 * 1024;
