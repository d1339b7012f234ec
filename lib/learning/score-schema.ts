import { z } from 'zod';

const count = z.number().int();
const ratio = z.number().nullable();
const trend = z.array(ratio);
const counts = z.array(count);
/** A figure and the same of the period before. */
const rated = z.object({ value: ratio, before: ratio });

export const ORIGINS = ['human', 'import', 'learned'] as const;

/** How well Errata knows, suggests and drafts. Ratios are 0 to 1, null where nothing was counted. */
export const learningScoreSchema = z.object({
  interval_ms: count,
  times: z.array(z.iso.datetime()),
  /** Events of the period, and those whose issue had a published fix when they came. */
  coverage: rated.extend({ events: count, covered: count, trend }),
  /** Of the suggestions decided in the period, those accepted. */
  precision: rated.extend({ accepted: count, rejected: count, trend }),
  /** How sure matching was of the suggestions decided so far, in tenths, and how many of them were right. */
  calibration: z.object({
    bins: z.array(z.object({ from: z.number(), to: z.number(), said: z.number(), was: z.number(), decisions: count })),
    /** Mean distance between both, weighted by decisions. */
    error: ratio,
    /** By how much all confidences are moved because of it, in log-odds. */
    shift: z.number(),
    decisions: count,
  }),
  /** From the first event of an issue to its first suggestion. Milliseconds. */
  first_suggestion: z.object({ median_ms: rated, issues: count, trend_ms: trend }),
  drafts: z.object({
    made: count,
    accepted: count,
    /** Of the accepted, those whose words were changed, and the median share of words changed. */
    edited: count,
    median_edit: ratio,
    rejected: count,
    pending: count,
    by_author: z.array(z.object({ author: z.enum(['rules', 'model']), made: count, accepted: count, rejected: count })),
    made_trend: counts,
    accepted_trend: counts,
    rejected_trend: counts,
  }),
  /** What became of the fixes applied in the period, by where their entry comes from. */
  verdicts: z.array(
    z.object({ origin: z.enum(ORIGINS), held: count, recurred: count, inconclusive: count, watching: count }),
  ),
});
export type LearningScore = z.infer<typeof learningScoreSchema>;
