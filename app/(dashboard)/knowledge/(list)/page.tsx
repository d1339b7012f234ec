import type { Metadata } from 'next';
import { KnowledgeListView } from '@/components/knowledge/knowledge-list-view';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { AppError } from '@/lib/errors';
import { entryFacets } from '@/lib/knowledge/entry-facets.server';
import { entryListQuerySchema } from '@/lib/knowledge/entry-input-schema';
import { listEntries } from '@/lib/knowledge/list-entries.server';

export const metadata: Metadata = { title: 'Knowledge' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function KnowledgePage({ searchParams }: { searchParams: Search }) {
  const viewer = await getViewer();
  const now = new Date();
  // An address that makes no sense shows the whole list rather than an error.
  const parsed = entryListQuerySchema.safeParse(await searchParams);
  const query = parsed.success ? parsed.data : entryListQuerySchema.parse({});
  const [page, facets] = await Promise.all([
    listEntries({ viewer, query, now }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'invalid_cursor')
        return listEntries({ viewer, query: { ...query, cursor: undefined }, now });
      throw error;
    }),
    entryFacets({ viewer, filter: query, now }),
  ]);
  const { limit: _, ...state } = query;
  return <KnowledgeListView entries={page.data} nextCursor={page.next_cursor} facets={facets} state={state} />;
}
