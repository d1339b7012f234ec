import type { NewVsResolved, ResolutionRate } from '@/lib/analytics/analytics-schema';
import { TimeSeries } from '../charts/time-series';
import { Card } from '../ui/card';

/** Claimed and verified, over time. */
export function ResolutionRateChart({ rate, height }: { rate: ResolutionRate; height: number }) {
  return (
    <Card>
      <TimeSeries
        title="Resolution rate"
        description="Share of all known issues"
        kind="line"
        unit="ratio"
        times={rate.times}
        series={[
          { key: 'claimed', label: 'Claimed', values: rate.claimed_trend, color: 'var(--chart-1)' },
          { key: 'verified', label: 'Verified', values: rate.verified_trend, color: 'var(--success)' },
        ]}
        height={height}
      />
    </Card>
  );
}

/** Whether the team keeps up. */
export function FlowChart({ flow, height }: { flow: NewVsResolved; height: number }) {
  return (
    <Card>
      <TimeSeries
        title="New against resolved"
        description="Issues"
        kind="line"
        times={flow.times}
        series={[
          { key: 'new', label: 'New', values: flow.new, color: 'var(--info)' },
          { key: 'resolved', label: 'Resolved', values: flow.resolved, color: 'var(--success)' },
          { key: 'regressed', label: 'Came back', values: flow.regressed, color: 'var(--critical)' },
        ]}
        height={height}
      />
    </Card>
  );
}
