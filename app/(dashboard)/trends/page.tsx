import type { Metadata } from 'next';
import { ErrorsView } from '@/components/trends/errors-view';
import { breakdown } from '@/lib/analytics/breakdown.server';
import { errorTrend } from '@/lib/analytics/error-trend.server';
import { heatmap } from '@/lib/analytics/heatmap.server';
import { markers } from '@/lib/analytics/markers.server';
import { TREND_SPLITS } from '@/lib/analytics/trend-source';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { readPageScope, type SearchParams } from '../page-scope';

export const metadata: Metadata = { title: 'Trends' };

export default async function TrendsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const { scope } = await readPageScope(params);
  const asked = { viewer, scope };
  const by = TREND_SPLITS.find((split) => split === params.by) ?? 'service';
  const [trend, marked, byService, byType, byLevel, byEnvironment, hours] = await Promise.all([
    errorTrend({ ...asked, by }),
    markers(asked),
    breakdown({ ...asked, by: 'service' }),
    breakdown({ ...asked, by: 'type' }),
    breakdown({ ...asked, by: 'level' }),
    breakdown({ ...asked, by: 'environment' }),
    heatmap(asked),
  ]);
  return (
    <ErrorsView
      trend={trend}
      markers={marked.data}
      byService={byService.data}
      byType={byType.data}
      byLevel={byLevel.data}
      byEnvironment={byEnvironment.data}
      heatmap={hours}
      point={{
        from: scope.range.from.toISOString(),
        to: scope.range.to.toISOString(),
        project: scope.project,
        environment: scope.environment,
        service: scope.service,
      }}
    />
  );
}
