import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readListState, toListParams } from '@/components/issues/issue-list-state';
import { IssuesView } from '@/components/issues/issues-view';
import { facetsQuery, issuesQuery, PAGE_SIZE } from '@/components/issues/queries';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { countFacets } from '@/lib/issues/count-facets.server';
import { listIssues } from '@/lib/issues/list-issues.server';
import { DEFAULT_RANGE, parseRange } from '@/lib/time';
import { defaultSearch } from '@/lib/views/saved-views.server';

export const metadata: Metadata = { title: 'Issues' };

export default async function IssuesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  if (Object.keys(params).length === 0) {
    const search = await defaultSearch({ viewer, page: 'issues' });
    if (search) redirect(`/issues?${search}`);
  }
  const now = new Date();
  const state = readListState(params, DEFAULT_RANGE);
  const range = parseRange(state, now);
  const shown = toListParams(state);
  const counted = toListParams(state, false);
  const client = new QueryClient();
  // A query that cannot be read, or a stale cursor, is shown by the view, which asks again.
  await Promise.all([
    client.prefetchInfiniteQuery({
      ...issuesQuery(shown),
      queryFn: () =>
        listIssues({
          viewer,
          filter: { ...shown, range },
          sort: state.sort,
          page: { limit: PAGE_SIZE },
          sparkline: range,
          now,
        }),
    }),
    client.prefetchQuery({
      ...facetsQuery(counted),
      queryFn: () => countFacets({ viewer, filter: { ...counted, range }, now }),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IssuesView />
    </HydrationBoundary>
  );
}
