import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { ReviewThread } from '@/lib/knowledge/comment-schema';
import type { EntryBlame, EntryIssue, EntryRevision, RevisionSummary } from '@/lib/knowledge/entry-input-schema';
import type { Entry } from '@/lib/knowledge/entry-schema';
import type { StatusAction } from '@/lib/knowledge/entry-state';
import type { PreventionList, PreventionPatch } from '@/lib/knowledge/prevention-schema';

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

/** What was said about an entry; asked again while one reads, because others answer. */
export const threadsQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id, 'comments'],
    queryFn: ({ signal }) => api.get<{ data: ReviewThread[] }>(`${path(id)}/comments`, {}, signal),
    refetchInterval: 30_000,
  });

export const blameQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id, 'blame'],
    queryFn: ({ signal }) => api.get<EntryBlame>(`${path(id)}/blame`, {}, signal),
  });

/** Prevention items of all entries. */
export const preventionQuery = (query: { status: string; owner?: string | null; recurred?: boolean }) =>
  infiniteQueryOptions({
    queryKey: ['knowledge', 'prevention', query],
    queryFn: ({ signal, pageParam }) =>
      api.get<PreventionList>(
        '/api/v1/knowledge/prevention',
        { ...query, recurred: query.recurred ? 'true' : undefined, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

/** Writes; each rejects with `ApiError`. */
export const knowledgeApi = {
  create: (content: object) => api.post<Entry>('/api/v1/knowledge', content),
  update: (id: string, patch: object, version: number) => api.patch<Entry>(path(id), { ...patch, version }),
  act: (id: string, action: StatusAction, body: { reason?: string; next_review?: string | null } = {}) =>
    api.post<Entry>(`${path(id)}/${action}`, body),
  restore: (id: string, revision: number, version: number) =>
    api.post<Entry>(`${path(id)}/revisions/${revision}/restore`, { version }),
  comment: (id: string, comment: { body: string; field?: string | null; thread?: string }) =>
    api.post<{ data: ReviewThread[] }>(`${path(id)}/comments`, comment),
  resolveThread: (id: string, thread: string, resolved: boolean) =>
    api.patch<{ data: ReviewThread[] }>(`${path(id)}/comments/${thread}`, { resolved }),
  setOwner: (id: string, owner: string | null) => api.put<Entry>(`${path(id)}/owner`, { owner }),
  changePrevention: (id: string, n: number, patch: PreventionPatch) =>
    api.patch<Entry>(`${path(id)}/prevention/${n}`, patch),
  remove: (id: string) => api.delete<void>(path(id)),
};
