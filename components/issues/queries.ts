import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type {
  Activity,
  Arrivals,
  BulkResult,
  ChangedIssue,
  EventDetail,
  Issue,
  IssueChange,
  IssueDetail,
  IssueFacets,
  IssueFeedback,
  IssueRow,
  IssueTrend,
  TagDistribution,
} from '@/lib/issues/issue-schema';
import type { IssueLink, IssueLinks, LinkInput } from '@/lib/issues/link-schema';
import type { ValueKey } from '@/lib/issues/suggest-query';

export interface Listed<T> {
  data: T[];
  next_cursor: string | null;
}

/** What a list of issues is asked for; the names of the API. */
export interface IssueListParams {
  query: string;
  sort: string;
  project?: string;
  environment?: string;
  range?: string;
  from?: string;
  to?: string;
}

export const PAGE_SIZE = 50;

const path = (id: string) => `/api/v1/issues/${encodeURIComponent(id)}`;

export const issuesQuery = (params: IssueListParams) =>
  infiniteQueryOptions({
    queryKey: ['issues', 'list', params],
    queryFn: ({ signal, pageParam }) =>
      api.get<Listed<IssueRow>>('/api/v1/issues', { ...params, limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (previous) => previous,
    // What is new is told by a pill; rows never move by themselves.
    refetchOnWindowFocus: false,
  });

export const facetsQuery = ({ sort: _, ...params }: IssueListParams) =>
  queryOptions({
    queryKey: ['issues', 'facets', params],
    queryFn: ({ signal }) => api.get<IssueFacets>('/api/v1/issues/facets', params, signal),
    placeholderData: (previous) => previous,
  });

/** Values of a condition that begin as typed; `asked` is what the completion at the caret wants to know. */
export const valuesQuery = (asked: { key: ValueKey; prefix: string } | null, project: string | null) =>
  queryOptions({
    queryKey: ['issues', 'values', asked, project],
    queryFn: ({ signal }) =>
      api.get<{ data: { value: string; count: number }[] }>(
        '/api/v1/issues/values',
        { ...asked, project: project ?? undefined },
        signal,
      ),
    staleTime: 60_000,
  });

export const arrivalsQuery = ({ sort: _, ...params }: IssueListParams, since: string) =>
  queryOptions({
    queryKey: ['issues', 'arrivals', params, since],
    queryFn: ({ signal }) => api.get<Arrivals>('/api/v1/issues/arrivals', { ...params, since }, signal),
    refetchInterval: ARRIVALS_EVERY_MS,
  });

const ARRIVALS_EVERY_MS = 15_000;

export const issueQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id],
    queryFn: ({ signal }) => api.get<IssueDetail>(path(id), {}, signal),
  });

/** Which events of an issue are meant; empty for all of them. */
export interface EventSearchParams {
  /** As `parseEventFilter` reads it. */
  filter?: string;
  /** Pattern of the message. */
  message?: string;
}

/** An event, with the neighbours that fit a search. */
export const eventQuery = (eventId: string, { filter, message }: EventSearchParams = {}) =>
  queryOptions({
    queryKey: ['events', eventId, filter ?? '', message ?? ''],
    queryFn: ({ signal }) => api.get<EventDetail>(`/api/v1/events/${eventId}`, { filter, message }, signal),
    placeholderData: (previous) => previous,
  });

export const activityQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['issues', 'one', id, 'activity'],
    queryFn: ({ signal, pageParam }) =>
      api.get<Listed<Activity>>(`${path(id)}/activity`, { limit: 30, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const feedbackQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['issues', 'one', id, 'feedback'],
    queryFn: ({ signal, pageParam }) =>
      api.get<Listed<IssueFeedback>>(`${path(id)}/feedback`, { limit: 5, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export const tagsQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'tags'],
    queryFn: ({ signal }) => api.get<TagDistribution>(`${path(id)}/tags`, {}, signal),
  });

export const trendQuery = (id: string, range: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'trend', range],
    queryFn: ({ signal }) => api.get<IssueTrend>(`${path(id)}/trend`, { range }, signal),
  });

export const linksQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'links'],
    queryFn: ({ signal }) => api.get<IssueLinks>(`${path(id)}/links`, {}, signal),
  });

/** An issue that looks alike, as `GET /issues/{id}/similar` lists it. */
export type SimilarIssue = Issue & { score: number };

export const similarQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'similar'],
    queryFn: ({ signal }) => api.get<Listed<SimilarIssue>>(`${path(id)}/similar`, { limit: 5 }, signal),
  });

export interface BulkRequest extends Omit<IssueChange, 'status' | 'version'> {
  action: 'resolve' | 'reopen' | 'mute' | 'unmute' | 'assign';
  ids: string[];
}

/** Writes; each rejects with `ApiError`. */
export const issuesApi = {
  change: (id: string, change: IssueChange) => api.patch<ChangedIssue>(path(id), change),
  bulk: (request: BulkRequest) => api.post<BulkResult>('/api/v1/issues/bulk', request),
  undo: (token: string) =>
    api.post<{ undone: string[]; refused: { id: string; reason: string }[] }>('/api/v1/issues/undo', { token }),
  merge: (id: string, ids: string[]) => api.post<Issue>(`${path(id)}/merge`, { ids }),
  unmerge: (id: string, merged: string) => api.post<Issue>(`${path(id)}/unmerge`, { id: merged }),
  comment: (id: string, body: string) => api.post<Activity>(`${path(id)}/comments`, { body }),
  editComment: (id: string, comment: string, body: string) =>
    api.patch<Activity>(`${path(id)}/comments/${comment}`, { body }),
  deleteComment: (id: string, comment: string) => api.delete<Activity>(`${path(id)}/comments/${comment}`),
  addLink: (id: string, link: LinkInput) => api.post<IssueLink>(`${path(id)}/links`, link),
  removeLink: (id: string, link: string) => api.delete<IssueLink>(`${path(id)}/links/${link}`),
};
