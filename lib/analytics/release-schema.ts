import { z } from 'zod';
import { issueSchema } from '../issues/issue-schema';

const count = z.number().int().nonnegative();
const ratio = z.number().min(0).max(1).nullable();

/** How sessions that began in the period ended. */
export const sessionCountsSchema = z.object({
  started: count,
  errored: count,
  crashed: count,
  abnormal: count,
});
export type SessionCounts = z.infer<typeof sessionCountsSchema>;

export const releaseSchema = z.object({
  /** Slug. */
  project: z.string(),
  version: z.string(),
  /** Times of its first and last event; null for one that only sessions tell of. */
  first_event: z.iso.datetime().nullable(),
  last_event: z.iso.datetime().nullable(),
  /** Since its first. */
  events: count,
  sessions: sessionCountsSchema,
  /** Share of the period's sessions that did not crash; null without sessions. */
  crash_free_rate: ratio,
  /** Its share of the project's sessions in the period; null without any. */
  adoption: ratio,
  /** Issues that were seen in it first. */
  new_issues: count,
});
export type Release = z.infer<typeof releaseSchema>;

export const releaseDetailSchema = releaseSchema.extend({
  /** The release before it, by first event. */
  previous: z.string().nullable(),
  /** Days of the period (UTC, `2026-11-21`). */
  days: z.array(z.object({ day: z.string(), started: count, crashed: count })),
  /** Up to 50 of each, most events first. */
  new: z.array(issueSchema),
  resolved: z.array(issueSchema),
});
export type ReleaseDetail = z.infer<typeof releaseDetailSchema>;
