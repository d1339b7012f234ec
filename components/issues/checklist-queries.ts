import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { Checklist } from '@/lib/issues/checklist-schema';

export const checklistPath = (issueId: string) => `/api/v1/issues/${encodeURIComponent(issueId)}/checklists`;

/** The checklists of an issue. */
export const checklistsQuery = (issueId: string) =>
  queryOptions({
    queryKey: ['issues', issueId, 'checklists'],
    queryFn: ({ signal }) => api.get<{ data: Checklist[] }>(checklistPath(issueId), {}, signal),
  });

/** Guide sections that a list can begin from. */
export const sectionsQuery = queryOptions({
  queryKey: ['guide', 'checklists'],
  queryFn: ({ signal }) =>
    api.get<{ data: { slug: string; title: string; items: number }[] }>('/api/v1/guide/checklists', {}, signal),
});
