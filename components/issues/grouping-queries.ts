import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { EventSummary } from '@/lib/issues/issue-schema';
import type { IssueGrouping, SplitInput, SplitResult } from '@/lib/issues/split-schema';
import type { IssueValues } from '@/lib/issues/values-schema';
import type { EventSearchParams, Listed } from './queries';

const path = (id: string) => `/api/v1/issues/${encodeURIComponent(id)}`;

export const valuesQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'values'],
    queryFn: ({ signal }) => api.get<IssueValues>(`${path(id)}/values`, {}, signal),
  });

export const groupingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['issues', 'one', id, 'groupings'],
    queryFn: ({ signal }) => api.get<Listed<IssueGrouping>>(`${path(id)}/groupings`, {}, signal),
  });

/** The events of an issue that fit a search. */
export const eventListQuery = (id: string, { filter, message }: EventSearchParams) =>
  infiniteQueryOptions({
    queryKey: ['issues', 'one', id, 'events', filter ?? '', message ?? ''],
    queryFn: ({ signal, pageParam }) =>
      api.get<Listed<EventSummary>>(`${path(id)}/events`, { limit: 25, cursor: pageParam, filter, message }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (previous) => previous,
  });

export const splitIssue = (id: string, input: SplitInput) => api.post<SplitResult>(`${path(id)}/split`, input);
