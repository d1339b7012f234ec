import { queryOptions } from '@tanstack/react-query';
import type { GuideSection } from '@/lib/guide/guide-schema';
import { api } from '@/lib/http/client';

export const guideSectionsQuery = queryOptions({
  queryKey: ['guide', 'sections'],
  queryFn: ({ signal }) => api.get<{ data: GuideSection[] }>('/api/v1/guide/sections', {}, signal),
});

const path = (slug: string) => `/api/v1/guide/sections/${encodeURIComponent(slug)}`;

/** Writes; each rejects with `ApiError`. */
export const guideApi = {
  create: (input: { slug?: string; title: string; body: string; position?: number }) =>
    api.post<GuideSection>('/api/v1/guide/sections', input),
  put: (slug: string, input: { title: string; body: string; position?: number; version?: number }) =>
    api.put<GuideSection>(path(slug), input),
  remove: (slug: string) => api.delete<void>(path(slug)),
};
