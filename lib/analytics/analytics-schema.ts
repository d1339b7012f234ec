import { z } from 'zod';
import { issueSchema, verdictSchema } from '../issues/issue-schema';
import { spoolStateSchema } from '../settings/spool-state';

const times = z.array(z.iso.datetime());
const ratio = z.number().nullable();
const count = z.number().int();

/** A figure and the same of the period before. */
const counted = z.object({ value: count, before: count });
const rated = z.object({ value: ratio, before: ratio });

export const errorTrendSchema = z.object({
  interval_ms: count,
  times,
  /** Most frequent first; what is beyond the seventh is together in `other`. */
  series: z.array(z.object({ key: z.string(), total: count, values: z.array(count) })),
  total: z.array(count),
  /** The total of the period before, bucket by bucket. */
  previous: z.array(count),
});
export type ErrorTrend = z.infer<typeof errorTrendSchema>;

export const totalsSchema = z.object({
  events: counted,
  new_issues: counted,
  open_issues: counted,
  resolved: counted,
  regressed: counted,
});
export type Totals = z.infer<typeof totalsSchema>;

export const resolutionRateSchema = z.object({
  /** Of all known issues: those marked resolved, and those whose fix was seen to hold. 0 to 1; null without issues. */
  claimed: rated,
  verified: rated,
  interval_ms: count,
  times,
  claimed_trend: z.array(ratio),
  verified_trend: z.array(ratio),
});
export type ResolutionRate = z.infer<typeof resolutionRateSchema>;

export const timeToResolveSchema = z.object({
  resolutions: counted,
  /** Milliseconds from first sight, or the last regression, to the resolution. */
  median_ms: rated,
  p90_ms: rated,
  by_level: z.array(z.object({ level: z.string(), resolutions: count, median_ms: z.number(), p90_ms: z.number() })),
  interval_ms: count,
  times,
  /** By the bucket of the resolution; null where nothing was resolved. */
  median_trend: z.array(z.number().nullable()),
  p90_trend: z.array(z.number().nullable()),
});
export type TimeToResolve = z.infer<typeof timeToResolveSchema>;

export const recurrenceSchema = z.object({
  /** Resolutions of the period, and how many of them an event has since proved wrong. */
  resolutions: counted,
  recurred: counted,
  rate: rated,
  interval_ms: count,
  times,
  /** By the bucket of the resolution. */
  resolutions_trend: z.array(count),
  recurred_trend: z.array(count),
});
export type Recurrence = z.infer<typeof recurrenceSchema>;

export const knowledgeCoverageSchema = z.object({
  /** Events and issues of the period whose issue has an accepted entry. */
  events: z.object({ total: count, covered: count }),
  issues: z.object({ total: count, covered: count }),
  rate: rated,
});
export type KnowledgeCoverage = z.infer<typeof knowledgeCoverageSchema>;

export const newVsResolvedSchema = z.object({
  interval_ms: count,
  times,
  new: z.array(count),
  resolved: z.array(count),
  regressed: z.array(count),
});
export type NewVsResolved = z.infer<typeof newVsResolvedSchema>;

export const rankedIssueSchema = issueSchema.extend({
  events_in_range: count,
  events_before: count,
});
export const topIssuesSchema = z.object({ data: z.array(rankedIssueSchema) });
export type RankedIssue = z.infer<typeof rankedIssueSchema>;

export const breakdownSchema = z.object({
  data: z.array(z.object({ key: z.string(), events: count, before: count, issues: count })),
});
export type Breakdown = z.infer<typeof breakdownSchema>;

export const OPEN_AGES = ['day', 'week', 'month', 'quarter', 'older'] as const;

export const openIssueAgeSchema = z.object({
  /** Issues open now by the time since they were first seen; `stale` are those without an event for two weeks. */
  ages: z.array(z.object({ age: z.enum(OPEN_AGES), issues: count, stale: count })),
  median_ms: z.number().nullable(),
});
export type OpenIssueAge = z.infer<typeof openIssueAgeSchema>;

export const markersSchema = z.object({
  /** Earliest first; at most as many as a chart can show. */
  data: z.array(
    z.object({
      at: z.iso.datetime(),
      kind: z.enum(['release', 'fix', 'regression']),
      /** The version, or what was fixed or came back. */
      label: z.string(),
      issue: z.string().nullable(),
    }),
  ),
});
export type Markers = z.infer<typeof markersSchema>;

export const heatmapSchema = z.object({
  /** Seven rows, Monday first, of 24 hours; UTC unless a zone was asked for. */
  hours: z.array(z.array(count)),
  zone: z.string(),
});
export type Heatmap = z.infer<typeof heatmapSchema>;

export const learningProgressSchema = z.object({
  suggested: counted,
  drafted: counted,
  accepted: counted,
  rejected: counted,
  /** Of the decided ones, those accepted. */
  precision: rated,
  pending: count,
  published_entries: count,
  disputed_entries: count,
});
export type LearningProgress = z.infer<typeof learningProgressSchema>;

export const fixOutcomesSchema = z.object({
  watching: count,
  held: count,
  recurred: count,
  inconclusive: count,
  /** The latest that did not hold. */
  failed: z.array(
    z.object({
      issue: z.string(),
      issue_title: z.string(),
      entry: z.string(),
      entry_title: z.string(),
      verdict: verdictSchema,
      applied_at: z.iso.datetime(),
      verdict_at: z.iso.datetime().nullable(),
    }),
  ),
});
export type FixOutcomes = z.infer<typeof fixOutcomesSchema>;

/** `received` is the sum of all others. */
const captureCountsSchema = z.object({
  received: count,
  accepted: count,
  duplicate: count,
  rejected: count,
  /** Counted in their issues, without a row of their own. */
  sampled: count,
  /** Dropped by the project's filters, or turned away by its quotas. */
  filtered: count,
  rate_limited: count,
});

export const statsSchema = z.object({
  /** Since when the counters run: the last reset, else the first event. */
  since: z.iso.datetime().nullable(),
  events: captureCountsSchema,
  projects: z.array(captureCountsSchema.extend({ project: z.string() })),
  /** What waits on disk for the database; null before capture ran with a spool. */
  spool: spoolStateSchema.nullable(),
  issues: z.object({ total: count, open: count, resolved: count, muted: count }),
  knowledge: z.object({ published: count, pending_suggestions: count }),
});
export type Stats = z.infer<typeof statsSchema>;

export const reportSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  totals: totalsSchema,
  by_service: breakdownSchema.shape.data,
  by_type: breakdownSchema.shape.data,
  by_severity: breakdownSchema.shape.data,
  by_environment: breakdownSchema.shape.data,
  trend: errorTrendSchema,
  top_issues: topIssuesSchema.shape.data,
  resolution_rate: resolutionRateSchema,
  time_to_resolve: timeToResolveSchema,
  recurrence: recurrenceSchema,
  knowledge_coverage: knowledgeCoverageSchema,
  fixes: fixOutcomesSchema,
  learning: learningProgressSchema,
});
export type AnalyticsReport = z.infer<typeof reportSchema>;

const reportLineSchema = z.object({
  issue: z.string(),
  title: z.string(),
  service: z.string(),
  at: z.iso.datetime(),
  /** Who did it; null for the engine itself. */
  by: z.string().nullable(),
});

export const weeklyReportSchema = reportSchema
  .pick({
    from: true,
    to: true,
    totals: true,
    trend: true,
    top_issues: true,
    resolution_rate: true,
    time_to_resolve: true,
    recurrence: true,
    knowledge_coverage: true,
    fixes: true,
    learning: true,
  })
  .extend({
    new_issues: z.array(reportLineSchema),
    resolved: z.array(reportLineSchema),
    regressed: z.array(reportLineSchema),
  });
export type WeeklyReport = z.infer<typeof weeklyReportSchema>;
