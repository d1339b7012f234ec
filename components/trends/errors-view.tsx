import type { Breakdown, ErrorTrend, Heatmap as HeatmapAnswer, Markers } from '@/lib/analytics/analytics-schema';
import { Heatmap } from '../charts/heatmap';
import { Card } from '../ui/card';
import { BreakdownCard } from './breakdown-card';
import { ErrorTrendCard } from './error-trend-card';
import type { PointParams } from './queries';
import { TrendsPage } from './trends-page';

export interface ErrorsViewProps {
  trend: ErrorTrend;
  markers: Markers['data'];
  byService: Breakdown['data'];
  byType: Breakdown['data'];
  byLevel: Breakdown['data'];
  byEnvironment: Breakdown['data'];
  heatmap: HeatmapAnswer;
  point: PointParams;
}

const LIST_HEIGHT = 268;
const SHORT_LIST_HEIGHT = 236;

/** Which errors, where, and when. */
export function ErrorsView({
  trend,
  markers,
  byService,
  byType,
  byLevel,
  byEnvironment,
  heatmap,
  point,
}: ErrorsViewProps) {
  return (
    <TrendsPage tab="errors">
      <div className="space-y-4">
        <ErrorTrendCard
          trend={trend}
          markers={markers}
          splits={['service', 'type', 'level', 'environment', 'release']}
          height={240}
        />
        <div className="grid gap-4 lg:grid-cols-2">
          <BreakdownCard title="By service" by="service" rows={byService} point={point} height={LIST_HEIGHT} />
          <BreakdownCard title="By error type" by="type" rows={byType} point={point} height={LIST_HEIGHT} />
        </div>
        <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
          <Card>
            <Heatmap
              title="Hour by weekday"
              description={`Events, ${heatmap.zone}`}
              hours={heatmap.hours}
              noun="events"
            />
          </Card>
          <BreakdownCard title="By level" by="level" rows={byLevel} point={point} height={SHORT_LIST_HEIGHT} />
          <BreakdownCard
            title="By environment"
            by="environment"
            rows={byEnvironment}
            point={point}
            height={SHORT_LIST_HEIGHT}
          />
        </div>
      </div>
    </TrendsPage>
  );
}
