'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Level } from '@/lib/ingest/event-schema';
import type { IssueTrend } from '@/lib/issues/issue-schema';
import { DEFAULT_RANGE, type RangeName } from '@/lib/time';
import { type ChartMarker, TimeSeries } from '../charts/time-series';
import { Card } from '../ui/card';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { LEVEL_COLORS } from './issue-badges';
import { trendQuery } from './queries';

const RANGES = [
  { value: '24h', label: '24 h' },
  { value: '14d', label: '14 d' },
  { value: '90d', label: '90 d' },
] as const;

const MARKERS: Record<string, { kind: ChartMarker['kind']; label: string }> = {
  release: { kind: 'release', label: 'Release' },
  resolved: { kind: 'fix', label: 'Resolved' },
  suggestion_accepted: { kind: 'fix', label: 'Fix accepted' },
  fix_held: { kind: 'fix', label: 'Fix held' },
  regressed: { kind: 'regression', label: 'Regressed' },
  fix_recurred: { kind: 'regression', label: 'Fix did not hold' },
};

const toMarkers = (markers: IssueTrend['markers']): ChartMarker[] =>
  markers.flatMap(({ at, kind, label }) => {
    const marker = MARKERS[kind];
    return marker ? [{ time: at, kind: marker.kind, label: label ? `${marker.label} ${label}` : marker.label }] : [];
  });

/** Events of the issue over time, with releases, fixes and regressions. */
export function IssueTrendChart({ issueId, level }: { issueId: string; level: Level }) {
  const [range, setRange] = useState<RangeName>(DEFAULT_RANGE);
  const { data } = useQuery(trendQuery(issueId, range));
  return (
    <Card>
      {data ? (
        <TimeSeries
          title="Events over time"
          controls={<Segmented<RangeName> label="Range" options={RANGES} value={range} onValueChange={setRange} />}
          times={data.points.map((point) => point.at)}
          series={[
            {
              key: 'events',
              label: 'Events',
              values: data.points.map((point) => point.events),
              color: LEVEL_COLORS[level],
            },
          ]}
          markers={toMarkers(data.markers)}
          height={180}
        />
      ) : (
        <Skeleton className="m-4 h-[196px]" />
      )}
    </Card>
  );
}
