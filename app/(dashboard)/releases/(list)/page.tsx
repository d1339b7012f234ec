import type { Metadata } from 'next';
import { ReleasesView } from '@/components/releases/releases-view';
import { listReleases } from '@/lib/analytics/releases.server';
import { getViewer } from '@/lib/auth/get-viewer.server';
import { AppError } from '@/lib/errors';
import { readPageScope, type SearchParams } from '../../page-scope';

export const metadata: Metadata = { title: 'Releases' };

const PAGE_SIZE = 50;

export default async function ReleasesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([getViewer(), searchParams]);
  const { scope, search } = await readPageScope(params);
  const told = typeof params.cursor === 'string' ? params.cursor : undefined;
  const ask = (cursor: string | undefined) => listReleases({ viewer, scope, page: { limit: PAGE_SIZE, cursor } });
  // A cursor that is none shows the first page.
  const page = await ask(told).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'invalid_cursor') return ask(undefined);
    throw error;
  });
  const withCursor = (cursor: string): string => {
    const next = new URLSearchParams(search);
    next.set('cursor', cursor);
    return `/releases?${next}`;
  };
  return (
    <ReleasesView
      releases={page.data}
      nextHref={page.next_cursor && withCursor(page.next_cursor)}
      firstHref={told ? `/releases${search ? `?${search}` : ''}` : null}
    />
  );
}
