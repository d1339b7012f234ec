import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { EntryIssue, EntryRevision, RevisionSummary } from '@/lib/knowledge/entry-input-schema';
import type { Entry } from '@/lib/knowledge/entry-schema';
import type { StatusAction } from '@/lib/knowledge/entry-state';

interface Listed<T> {
  data: T[];
  next_cursor: string | null;
}

const path = (id: string) => `/api/v1/knowledge/${encodeURIComponent(id)}`;

export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id],
    queryFn: ({ signal }) => api.get<Entry>(path(id), {}, signal),
  });

export const revisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id, 'revisions'],
    queryFn: ({ signal }) => api.get<Listed<RevisionSummary>>(`${path(id)}/revisions`, { limit: 200 }, signal),
  });

/** A revision never changes. */
export const revisionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['knowledge', id, 'revisions', version],
    queryFn: ({ signal }) => api.get<EntryRevision>(`${path(id)}/revisions/${version}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const entryIssuesQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id, 'issues'],
    queryFn: ({ signal }) => api.get<Listed<EntryIssue>>(`${path(id)}/issues`, { limit: 20 }, signal),
  });

/** Writes; each rejects with `ApiError`. */
export const knowledgeApi = {
  create: (content: object) => api.post<Entry>('/api/v1/knowledge', content),
  update: (id: string, patch: object, version: number) => api.patch<Entry>(path(id), { ...patch, version }),
  act: (id: string, action: StatusAction, body: { reason?: string; next_review?: string | null } = {}) =>
    api.post<Entry>(`${path(id)}/${action}`, body),
  restore: (id: string, revision: number, version: number) =>
    api.post<Entry>(`${path(id)}/revisions/${revision}/restore`, { version }),
  remove: (id: string) => api.delete<void>(path(id)),
};
