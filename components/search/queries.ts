import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { SearchAnswer } from '@/lib/search/search-schema';

export interface SearchState {
  q: string;
  kind: string | null;
  status: string | null;
  service: string | null;
  category: string | null;
}

export const SEARCH_PAGE = 25;

export const searchQuery = (state: SearchState) =>
  infiniteQueryOptions({
    queryKey: ['search', 'page', state],
    queryFn: ({ signal, pageParam }) =>
      api.get<SearchAnswer>('/api/v1/search', { ...state, limit: SEARCH_PAGE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (previous) => previous,
    enabled: state.q.trim() !== '',
  });
