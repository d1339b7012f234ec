import type {
  ErrorTrend,
  FixOutcomes,
  LearningProgress,
  NewVsResolved,
  RankedIssue,
} from '@/lib/analytics/analytics-schema';
import { ErrorTrendCard } from '../trends/error-trend-card';
import { FlowChart, ResolutionRateChart } from '../trends/resolution-charts';
import { Page, PageHeader } from '../ui/page';
import { Figures, type FiguresProps } from './figures';
import { FixesCard } from './fixes-card';
import { RankedIssues } from './ranked-issues';

export interface OverviewViewProps extends FiguresProps {
  trend: ErrorTrend;
  flow: NewVsResolved;
  top: readonly RankedIssue[];
  escalating: readonly RankedIssue[];
  fixes: FixOutcomes;
  learning: LearningProgress;
}

/** How things stand, and what needs somebody. */
export function OverviewView({ trend, flow, top, escalating, fixes, learning, ...figures }: OverviewViewProps) {
  const { rate } = figures;
  return (
    <Page>
      <PageHeader title="Overview" />
      <Figures {...figures} />
      <div className="space-y-4">
        <ErrorTrendCard trend={trend} splits={['level', 'service']} />
        <div className="grid gap-4 lg:grid-cols-2">
          <ResolutionRateChart rate={rate} height={180} />
          <FlowChart flow={flow} height={180} />
        </div>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <RankedIssues title="Top issues" description="By events" issues={top} none="No events in this period." />
          <div className="min-w-0 space-y-4">
            {escalating.length > 0 ? (
              <RankedIssues
                title="Escalating"
                description="Far more often in the last day than before"
                issues={escalating}
                none=""
              />
            ) : null}
            <FixesCard fixes={fixes} learning={learning} />
          </div>
        </div>
      </div>
    </Page>
  );
}
