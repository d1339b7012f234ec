import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { Suggestion } from '@/lib/learning/learning-schema';
import type { RejectReason } from '@/lib/learning/reject-reasons';

interface Listed<T> {
  data: T[];
  next_cursor: string | null;
}

export const QUEUE_PAGE = 50;
export type ReviewTab = 'pending' | 'decided';

export const suggestionsQuery = (status: ReviewTab, project: string | null) =>
  infiniteQueryOptions({
    queryKey: ['suggestions', 'list', status, project],
    queryFn: ({ signal, pageParam }) =>
      api.get<Listed<Suggestion>>(
        '/api/v1/suggestions',
        { status, project, limit: QUEUE_PAGE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

const MATCHING_POLL_MS = 3000;
const MATCHING_POLLS = 20;

/** What is suggested for an issue. Matching follows the first event within seconds, so a page that finds nothing asks again for a minute. */
export const issueSuggestionsQuery = (issueId: string) =>
  queryOptions({
    queryKey: ['suggestions', 'issue', issueId],
    queryFn: ({ signal }) =>
      api.get<{ data: Suggestion[] }>(`/api/v1/issues/${encodeURIComponent(issueId)}/suggestions`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.data.length === 0 && state.dataUpdateCount < MATCHING_POLLS ? MATCHING_POLL_MS : false,
  });

/** What a reviewer may change on the way: the fields an answer stands and falls with. */
export interface SuggestionEdit {
  title: string;
  root_cause: string;
  solutions: { title: string; steps: string }[];
}

const path = (id: string) => `/api/v1/suggestions/${id}`;

/** Writes; each rejects with `ApiError`. */
export const suggestionsApi = {
  accept: (id: string, draft?: SuggestionEdit & { version?: number }) =>
    api.post<Suggestion>(`${path(id)}/accept`, draft ? { draft } : {}),
  reject: (id: string, reason: RejectReason, note: string) =>
    api.post<Suggestion>(`${path(id)}/reject`, { reason, note: note || null }),
  undo: (id: string) => api.post<Suggestion>(`${path(id)}/undo`),
};
