import { z } from 'zod';
import { issueFixSchema } from '../issues/issue-schema';
import { entryOriginSchema, preventionItemSchema, trackRecordSchema } from '../knowledge/entry-schema';

const count = z.number().int();

/** A fix, how the error came before and after it, and how many events were due. */
export const watchedFixSchema = issueFixSchema.extend({
  origin: entryOriginSchema,
  track_record: trackRecordSchema,
  /** Events an hour before the fix. */
  rate: z.number(),
  /** Events that would have come since, had nothing been fixed, and those that came. Up to the verdict, or now. */
  expected: z.number(),
  seen: count,
  bucket_ms: count,
  /** Events, oldest first; `after` says on which side of the fix. */
  points: z.array(z.object({ at: z.iso.datetime(), events: count, after: z.boolean() })),
});
export type WatchedFixDto = z.infer<typeof watchedFixSchema>;

/** Why the latest fix may not have held. */
export const recurrenceDossierSchema = z.object({
  fix: z.string(),
  entry: z.string(),
  approved_by: z.string(),
  applied_at: z.iso.datetime(),
  release: z.string().nullable(),
  /** The event that proved it wrong. */
  recurred_at: z.iso.datetime().nullable(),
  recurred_event: z.string().nullable(),
  recurred_release: z.string().nullable(),
  /** Releases that came out between the fix and its failure. */
  releases: z.array(z.object({ version: z.string(), at: z.iso.datetime() })),
  /** What became of the entry since. */
  revisions: z.array(
    z.object({ version: count, action: z.string(), reason: z.string(), author: z.string(), at: z.iso.datetime() }),
  ),
  /** Frames of the application that only the error before, or only the one that came back, passes through. */
  frames: z.object({ gone: z.array(z.string()), added: z.array(z.string()) }),
  /** The message then and now, where they differ. */
  messages: z.object({ before: z.string(), after: z.string() }).nullable(),
  prevention_undone: z.array(preventionItemSchema),
});
export type RecurrenceDossier = z.infer<typeof recurrenceDossierSchema>;

export const dossierSchema = z.object({
  fixes: z.array(watchedFixSchema),
  recurrence: recurrenceDossierSchema.nullable(),
  /** Services in which the known fix was applied before; `first_here` when never in this one. Null without such. */
  transfer: z.object({ entry: z.string(), services: z.array(z.string()), first_here: z.boolean() }).nullable(),
});
export type Dossier = z.infer<typeof dossierSchema>;
