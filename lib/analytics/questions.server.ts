import { z } from 'zod';
import type { Viewer } from '../auth/viewer';
import {
  breakdownSchema,
  errorTrendSchema,
  fixOutcomesSchema,
  heatmapSchema,
  knowledgeCoverageSchema,
  learningProgressSchema,
  newVsResolvedSchema,
  recurrenceSchema,
  resolutionRateSchema,
  timeToResolveSchema,
  topIssuesSchema,
  totalsSchema,
} from './analytics-schema';
import type { AnalyticsScope } from './analytics-scope';
import { BREAKDOWN_KEYS, breakdown } from './breakdown.server';
import { errorTrend, TREND_SPLITS } from './error-trend.server';
import { fixOutcomes } from './fix-outcomes.server';
import { heatmap } from './heatmap.server';
import { knowledgeCoverage } from './knowledge-coverage.server';
import { learningProgress } from './learning-progress.server';
import { newVsResolved } from './new-vs-resolved.server';
import { recurrence } from './recurrence.server';
import { resolutionRate } from './resolution-rate.server';
import { timeToResolve } from './time-to-resolve.server';
import { escalatingIssues, topIssues } from './top-issues.server';
import { loadTotals } from './totals.server';

/** Beyond the scope, some questions take a split, a limit or a time zone. */
export const questionOptionsSchema = z.object({
  by: z.enum(BREAKDOWN_KEYS, `expected one of ${BREAKDOWN_KEYS.join(', ')}`).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  zone: z.string().max(60).refine(isZone, 'expected a time zone such as Europe/Berlin').optional(),
});
export type QuestionOptions = z.infer<typeof questionOptionsSchema>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

interface Question {
  response: z.ZodType;
  ask: (asked: { viewer: Viewer; scope: AnalyticsScope; options: QuestionOptions }) => Promise<unknown>;
}

/** Every question that `GET /api/v1/analytics/{question}` answers. */
export const QUESTIONS = {
  totals: { response: totalsSchema, ask: loadTotals },
  'error-trend': {
    response: errorTrendSchema,
    ask: ({ options, ...asked }) =>
      errorTrend({ ...asked, by: TREND_SPLITS.find((split) => split === options.by) ?? 'service' }),
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
    ask: ({ options, ...asked }) => topIssues({ ...asked, limit: options.limit }),
  },
  'escalating-issues': {
    response: topIssuesSchema,
    ask: ({ options, ...asked }) => escalatingIssues({ ...asked, limit: options.limit }),
  },
  'fix-outcomes': { response: fixOutcomesSchema, ask: fixOutcomes },
  'learning-progress': { response: learningProgressSchema, ask: learningProgress },
  heatmap: {
    response: heatmapSchema,
    ask: ({ options, ...asked }) => heatmap({ ...asked, zone: options.zone ?? 'UTC' }),
  },
} satisfies Record<string, Question>;

export type QuestionName = keyof typeof QUESTIONS;
export const QUESTION_NAMES = Object.keys(QUESTIONS) as [QuestionName, ...QuestionName[]];
