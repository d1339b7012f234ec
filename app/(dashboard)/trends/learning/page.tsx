import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { LearningView } from '@/components/learning/learning-view';
import { mergesQuery, passesQuery, patternsQuery } from '@/components/learning/queries';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { learningScore } from '@/lib/learning/learning-score.server';
import { listPasses } from '@/lib/learning/list-passes.server';
import { listPatterns } from '@/lib/learning/list-patterns.server';
import { listMerges } from '@/lib/learning/merge-entries.server';
import { readPageScope, type SearchParams } from '../../page-scope';

export const metadata: Metadata = { title: 'Learning' };

export default async function LearningPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const { scope } = await readPageScope(params);
  const client = new QueryClient();
  const [score] = await Promise.all([
    learningScore({ viewer, range: scope.range, project: scope.project }),
    client.prefetchQuery({ ...patternsQuery, queryFn: () => listPatterns({ viewer, page: { limit: 10 } }) }),
    client.prefetchQuery({ ...passesQuery, queryFn: () => listPasses({ viewer, page: { limit: 8 } }) }),
    client.prefetchQuery({
      ...mergesQuery,
      queryFn: async () => ({ data: await listMerges({ viewer, status: 'pending' }) }),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LearningView score={score} />
    </HydrationBoundary>
  );
}
