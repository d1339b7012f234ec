import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { QUEUE_PAGE, suggestionsQuery } from '@/components/review/queries';
import { ReviewView } from '@/components/review/review-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listSuggestions } from '@/lib/learning/list-suggestions.server';

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const tab = params.tab === 'decided' ? 'decided' : 'pending';
  const project = typeof params.project === 'string' ? params.project : null;
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...suggestionsQuery(tab, project),
    queryFn: () =>
      listSuggestions({
        viewer,
        filter: { status: tab, project: project ?? undefined },
        page: { limit: QUEUE_PAGE },
      }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReviewView />
    </HydrationBoundary>
  );
}
