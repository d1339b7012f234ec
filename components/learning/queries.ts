import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { Dossier } from '@/lib/learning/dossier-schema';
import type { DraftAnswerDto, LearningPass, OwnFeedback } from '@/lib/learning/learning-schema';
import type { EntryMerge } from '@/lib/learning/merge-schema';
import type { Pattern } from '@/lib/learning/pattern-schema';

interface Listed<T> {
  data: T[];
}

const PATTERNS = 10;
const PASSES = 8;
const RUNNING_POLL_MS = 1500;

const issue = (id: string) => `/api/v1/issues/${encodeURIComponent(id)}`;

export const patternsQuery = queryOptions({
  queryKey: ['learning', 'patterns'],
  queryFn: ({ signal }) => api.get<Listed<Pattern>>('/api/v1/learning/patterns', { limit: PATTERNS }, signal),
});

const isUnderWay = (pass: LearningPass): boolean => pass.status === 'queued' || pass.status === 'running';

/** Latest first; asked again while one is under way. */
export const passesQuery = queryOptions({
  queryKey: ['learning', 'passes'],
  queryFn: ({ signal }) => api.get<Listed<LearningPass>>('/api/v1/learning/passes', { limit: PASSES }, signal),
  refetchInterval: ({ state }) => (state.data?.data.some(isUnderWay) ? RUNNING_POLL_MS : false),
});

export const mergesQuery = queryOptions({
  queryKey: ['learning', 'merges'],
  queryFn: ({ signal }) => api.get<Listed<EntryMerge>>('/api/v1/learning/merges', { status: 'pending' }, signal),
});

export const feedbackQuery = (issueId: string) =>
  queryOptions({
    queryKey: ['learning', 'feedback', issueId],
    queryFn: ({ signal }) => api.get<Listed<OwnFeedback>>(`${issue(issueId)}/fix-feedback`, {}, signal),
  });

export const dossierQuery = (issueId: string) =>
  queryOptions({
    queryKey: ['issues', 'dossier', issueId],
    queryFn: ({ signal }) => api.get<Dossier>(`${issue(issueId)}/dossier`, {}, signal),
  });

/** Writes; each rejects with `ApiError`. */
export const learningApi = {
  startPass: () => api.post<{ pass_id: string }>('/trigger-learning'),
  draft: (issueId: string) => api.post<DraftAnswerDto>(`${issue(issueId)}/draft`),
  feedback: (issueId: string, entry: string, helped: boolean | null) =>
    api.post<{ entry: string; helped: boolean | null }>(`${issue(issueId)}/fix-feedback`, { entry, helped }),
  decideMerge: (id: string, decision: 'accept' | 'reject') =>
    api.post<EntryMerge>(`/api/v1/learning/merges/${id}/${decision}`),
};
