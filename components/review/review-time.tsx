'use client';

import { useQuery } from '@tanstack/react-query';
import type { TimeToReview } from '@/lib/analytics/review-analytics-schema';
import { api } from '@/lib/http/client';
import { useFilters } from '../layout/use-filters';
import { Duration } from '../ui/duration';

/** How long answers wait for a reviewer, over the last thirty days. */
export function ReviewTime() {
  const [{ project }] = useFilters();
  const { data } = useQuery({
    queryKey: ['analytics', 'time-to-review', project],
    queryFn: ({ signal }) =>
      api.get<TimeToReview>('/api/v1/analytics/time-to-review', { range: '30d', project }, signal),
    staleTime: 300_000,
  });
  if (!data || data.median_ms.value === null) return null;
  return (
    <span className="text-faint text-xs">
      Median wait <Duration ms={data.median_ms.value} /> over {data.decided.value}{' '}
      {data.decided.value === 1 ? 'decision' : 'decisions'} in 30 days
    </span>
  );
}
