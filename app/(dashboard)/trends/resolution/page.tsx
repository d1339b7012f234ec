import type { Metadata } from 'next';
import { ResolutionView } from '@/components/trends/resolution-view';
import { fixOutcomes } from '@/lib/analytics/fix-outcomes.server';
import { learningProgress } from '@/lib/analytics/learning-progress.server';
import { newVsResolved } from '@/lib/analytics/new-vs-resolved.server';
import { openIssueAge } from '@/lib/analytics/open-issue-age.server';
import { recurrence } from '@/lib/analytics/recurrence.server';
import { resolutionRate } from '@/lib/analytics/resolution-rate.server';
import { timeToResolve } from '@/lib/analytics/time-to-resolve.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { readPageScope, type SearchParams } from '../../page-scope';

export const metadata: Metadata = { title: 'Resolution' };

export default async function ResolutionPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const { scope } = await readPageScope(params);
  const asked = { viewer, scope };
  const [rate, flow, time, again, ages, fixes, learning] = await Promise.all([
    resolutionRate(asked),
    newVsResolved(asked),
    timeToResolve(asked),
    recurrence(asked),
    openIssueAge(asked),
    fixOutcomes(asked),
    learningProgress(asked),
  ]);
  return (
    <ResolutionView
      rate={rate}
      flow={flow}
      time={time}
      recurrence={again}
      ages={ages}
      fixes={fixes}
      learning={learning}
    />
  );
}
