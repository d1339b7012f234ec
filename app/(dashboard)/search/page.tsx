import type { Metadata } from 'next';
import { SearchView } from '@/components/search/search-view';
import { getViewer } from '@/lib/auth/get-viewer.server';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage() {
  await getViewer();
  return <SearchView />;
}
