import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { preventionFilter } from '@/components/knowledge/prevention-filter';
import { PreventionView } from '@/components/knowledge/prevention-view';
import { preventionQuery } from '@/components/knowledge/queries';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { listPrevention } from '@/lib/knowledge/list-prevention.server';
import { preventionQuerySchema } from '@/lib/knowledge/prevention-schema';

export const metadata: Metadata = { title: 'Prevention' };

export default async function PreventionPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const filter = preventionFilter(params);
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...preventionQuery(filter),
    queryFn: () =>
      listPrevention({
        viewer,
        query: preventionQuerySchema.parse({
          status: filter.status,
          ...(filter.owner ? { owner: filter.owner } : {}),
          ...(filter.recurred ? { recurred: 'true' } : {}),
        }),
        now: new Date(),
      }),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PreventionView />
    </HydrationBoundary>
  );
}
