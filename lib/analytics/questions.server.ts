import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import { LEVELS } from '../ingest/event-schema';
import {
  breakdownSchema,
  errorTrendSchema,
  fixOutcomesSchema,
  heatmapSchema,
  knowledgeCoverageSchema,
  learningProgressSchema,
  markersSchema,
  newVsResolvedSchema,
  openIssueAgeSchema,
  recurrenceSchema,
  resolutionRateSchema,
  timeToResolveSchema,
  topIssuesSchema,
  totalsSchema,
  weeklyReportSchema,
} from './analytics-schema';
import type { AnalyticsScope } from './analytics-scope';
import { breakdown } from './breakdown.server';
import { errorTrend } from './error-trend.server';
import { fixOutcomes } from './fix-outcomes.server';
import { heatmap } from './heatmap.server';
import { knowledgeCoverage } from './knowledge-coverage.server';
import { learningProgress } from './learning-progress.server';
import { markers } from './markers.server';
import { newVsResolved } from './new-vs-resolved.server';
import { openIssueAge } from './open-issue-age.server';
import { preventionDebt } from './prevention-debt.server';
import { recurrence } from './recurrence.server';
import { resolutionRate } from './resolution-rate.server';
import { preventionDebtSchema, timeToReviewSchema } from './review-analytics-schema';
import { timeToResolve } from './time-to-resolve.server';
import { timeToReview } from './time-to-review.server';
import { escalatingIssues, topIssues } from './top-issues.server';
import { loadTotals } from './totals.server';
import { TREND_SPLITS } from './trend-source';
import { weeklyReport } from './weekly-report.server';

/** Beyond the scope, some questions take a split or a limit; the lists of issues, a level or an error type. */
export const questionOptionsSchema = z.object({
  by: z.enum(TREND_SPLITS, `expected one of ${TREND_SPLITS.join(', ')}`).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  level: z.enum(LEVELS, `expected one of ${LEVELS.join(', ')}`).optional(),
  type: z.string().max(300).optional(),
});
export type QuestionOptions = z.infer<typeof questionOptionsSchema>;

interface Question {
  response: z.ZodType;
  ask: (asked: { viewer: Viewer; scope: AnalyticsScope; options: QuestionOptions }) => Promise<unknown>;
}

/** Every question that `GET /api/v1/analytics/{question}` answers. */
export const QUESTIONS = {
  totals: { response: totalsSchema, ask: loadTotals },
  'error-trend': {
    response: errorTrendSchema,
    ask: ({ options, ...asked }) => errorTrend({ ...asked, by: options.by ?? 'service' }),
  },
  breakdown: {
    response: breakdownSchema,
    ask: ({ options, ...asked }) => breakdown({ ...asked, by: options.by ?? 'service', limit: options.limit }),
  },
  'resolution-rate': { response: resolutionRateSchema, ask: resolutionRate },
  'time-to-resolve': { response: timeToResolveSchema, ask: timeToResolve },
  recurrence: { response: recurrenceSchema, ask: recurrence },
  'knowledge-coverage': { response: knowledgeCoverageSchema, ask: knowledgeCoverage },
  'new-vs-resolved': { response: newVsResolvedSchema, ask: newVsResolved },
  'top-issues': {
    response: topIssuesSchema,
    ask: ({ options, ...asked }) =>
      topIssues({ ...asked, limit: options.limit, level: options.level, type: options.type }),
  },
  'escalating-issues': {
    response: topIssuesSchema,
    ask: ({ options, ...asked }) => escalatingIssues({ ...asked, limit: options.limit }),
  },
  'fix-outcomes': { response: fixOutcomesSchema, ask: fixOutcomes },
  'learning-progress': { response: learningProgressSchema, ask: learningProgress },
  'open-issue-age': { response: openIssueAgeSchema, ask: openIssueAge },
  markers: { response: markersSchema, ask: markers },
  'weekly-report': { response: weeklyReportSchema, ask: weeklyReport },
  'time-to-review': { response: timeToReviewSchema, ask: timeToReview },
  'prevention-debt': { response: preventionDebtSchema, ask: preventionDebt },
  heatmap: { response: heatmapSchema, ask: heatmap },
} satisfies Record<string, Question>;

export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as [QuestionName, ...QuestionName[]];
