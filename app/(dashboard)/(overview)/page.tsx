import type { Metadata } from 'next';
import { EmptyOverview } from '@/components/overview/empty-overview';
import { OverviewView } from '@/components/overview/overview-view';
import { errorTrend } from '@/lib/analytics/error-trend.server';
import { fixOutcomes } from '@/lib/analytics/fix-outcomes.server';
import { knowledgeCoverage } from '@/lib/analytics/knowledge-coverage.server';
import { learningProgress } from '@/lib/analytics/learning-progress.server';
import { newVsResolved } from '@/lib/analytics/new-vs-resolved.server';
import { recurrence } from '@/lib/analytics/recurrence.server';
import { resolutionRate } from '@/lib/analytics/resolution-rate.server';
import { timeToResolve } from '@/lib/analytics/time-to-resolve.server';
import { escalatingIssues, topIssues } from '@/lib/analytics/top-issues.server';
import { loadTotals } from '@/lib/analytics/totals.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { hasIssues } from '@/lib/issues/has-issues.server';
import { readPageScope, type SearchParams } from '../page-scope';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  if (!(await hasIssues({ viewer }))) return <EmptyOverview />;
  const { scope, search } = await readPageScope(params);
  const asked = { viewer, scope };
  const [totals, trend, rate, flow, time, again, coverage, top, escalating, fixes, learning] = await Promise.all([
    loadTotals(asked),
    errorTrend({ ...asked, by: params.by === 'service' ? 'service' : 'level' }),
    resolutionRate(asked),
    newVsResolved(asked),
    timeToResolve(asked),
    recurrence(asked),
    knowledgeCoverage(asked),
    topIssues({ ...asked, limit: 8 }),
    escalatingIssues({ ...asked, limit: 5 }),
    fixOutcomes(asked),
    learningProgress(asked),
  ]);
  return (
    <OverviewView
      totals={totals}
      trend={trend}
      rate={rate}
      flow={flow}
      time={time}
      recurrence={again}
      coverage={coverage}
      top={top.data}
      escalating={escalating.data}
      fixes={fixes}
      learning={learning}
      search={search}
    />
  );
}
