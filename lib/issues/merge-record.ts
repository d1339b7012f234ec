import { z } from 'zod';

const ids = z.array(z.string().regex(/^\d+$/));

/**
 * What a merge moved, kept in its turning point under `restore` so that it can be taken back. The people and the hours are
 * in the ledger (`merge-ledger.server.ts`).
 */
export const mergeRecordSchema = z.object({
  hashes: z.array(z.string()),
  added_user_count: z.number().int(),
  suggestions: ids,
  fixes: ids,
  comments: ids,
  /** The surviving issue as it was. */
  target: z.object({
    first_seen: z.coerce.date(),
    last_seen: z.coerce.date(),
    first_release: z.string().nullable(),
    last_release: z.string().nullable(),
    known_entry_id: z.number().int().nullable(),
    known_confidence: z.number().nullable(),
  }),
});
export type MergeRecord = z.infer<typeof mergeRecordSchema>;
