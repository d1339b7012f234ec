import type { Viewer } from '../auth/viewer';
import type { AnalyticsReport } from './analytics-schema';
import type { AnalyticsScope } from './analytics-scope';
import { breakdown } from './breakdown.server';
import { errorTrend } from './error-trend.server';
import { fixOutcomes } from './fix-outcomes.server';
import { knowledgeCoverage } from './knowledge-coverage.server';
import { learningProgress } from './learning-progress.server';
import { recurrence } from './recurrence.server';
import { resolutionRate } from './resolution-rate.server';
import { timeToResolve } from './time-to-resolve.server';
import { topIssues } from './top-issues.server';
import { loadTotals } from './totals.server';

/** Everything at once, for one period. */
export async function loadReport({
  viewer,
  scope,
}: {
  viewer: Viewer;
  scope: AnalyticsScope;
}): Promise<AnalyticsReport> {
  const asked = { viewer, scope };
  const [totals, services, types, levels, environments, trend, top, rate, time, again, coverage, fixes, learning] =
    await Promise.all([
      loadTotals(asked),
      breakdown({ ...asked, by: 'service' }),
      breakdown({ ...asked, by: 'type' }),
      breakdown({ ...asked, by: 'level' }),
      breakdown({ ...asked, by: 'environment' }),
      errorTrend({ ...asked, by: 'service' }),
      topIssues(asked),
      resolutionRate(asked),
      timeToResolve(asked),
      recurrence(asked),
      knowledgeCoverage(asked),
      fixOutcomes(asked),
      learningProgress(asked),
    ]);
  return {
    from: scope.range.from.toISOString(),
    to: scope.range.to.toISOString(),
    totals,
    by_service: services.data,
    by_type: types.data,
    by_severity: levels.data,
    by_environment: environments.data,
    trend,
    top_issues: top.data,
    resolution_rate: rate,
    time_to_resolve: time,
    recurrence: again,
    knowledge_coverage: coverage,
    fixes,
    learning,
  };
}
