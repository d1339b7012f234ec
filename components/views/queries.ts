import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { SavedView, ViewChange, ViewInput, ViewPage } from '@/lib/views/view-schema';

export const viewsQuery = (page: ViewPage) =>
  queryOptions({
    queryKey: ['views', page],
    queryFn: ({ signal }) => api.get<{ data: SavedView[] }>('/api/v1/views', { page }, signal),
  });

/** Writes; each rejects with `ApiError`. */
export const viewsApi = {
  save: (input: ViewInput) => api.post<SavedView>('/api/v1/views', input),
  change: ({ id, change }: { id: string; change: ViewChange }) => api.patch<SavedView>(`/api/v1/views/${id}`, change),
  remove: (id: string) => api.delete<SavedView>(`/api/v1/views/${id}`),
};
