import { queryOptions } from '@tanstack/react-query';
import type { RankedIssue } from '@/lib/analytics/analytics-schema';
import { api } from '@/lib/http/client';

/** What lies behind a point of a chart: the filters of the page, narrowed to the point. */
export interface PointParams {
  from: string;
  to: string;
  project?: string;
  environment?: string;
  service?: string;
  level?: string;
  type?: string;
}

export const issuesBehindQuery = (point: PointParams) =>
  queryOptions({
    queryKey: ['analytics', 'top-issues', point],
    queryFn: ({ signal }) =>
      api.get<{ data: RankedIssue[] }>('/api/v1/analytics/top-issues', { ...point, limit: 25 }, signal),
  });
