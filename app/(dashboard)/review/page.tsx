import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { entryQuery } from '@/components/knowledge/queries';
import { QUEUE_PAGE, suggestionsQuery } from '@/components/review/queries';
import { ReviewView } from '@/components/review/review-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import type { Viewer } from '@/lib/auth/viewer';
import { getEntry } from '@/lib/knowledge/get-entry.server';
import { listSuggestions } from '@/lib/learning/list-suggestions.server';

export const metadata: Metadata = { title: 'Review' };

const prefetchEntry = (client: QueryClient, viewer: Viewer, id: string) =>
  client.prefetchQuery({ ...entryQuery(id), queryFn: () => getEntry({ viewer, id, now: new Date() }) });

export default async function ReviewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const tab = params.tab === 'decided' ? 'decided' : 'pending';
  const project = typeof params.project === 'string' ? params.project : null;
  const client = new QueryClient();
  const queue = await listSuggestions({
    viewer,
    filter: { status: tab, project: project ?? undefined },
    page: { limit: QUEUE_PAGE },
  });
  const shown = queue.data.find((one) => one.id === params.suggestion) ?? queue.data[0];
  await Promise.all([
    client.prefetchInfiniteQuery({ ...suggestionsQuery(tab, project), queryFn: () => queue }),
    shown?.entry ? prefetchEntry(client, viewer, shown.entry.id) : undefined,
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReviewView />
    </HydrationBoundary>
  );
}
