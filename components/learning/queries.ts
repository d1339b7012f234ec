import { api } from '@/lib/http/client';
import type { DraftAnswerDto } from '@/lib/learning/learning-schema';

const issue = (id: string) => `/api/v1/issues/${encodeURIComponent(id)}`;

/** Writes; each rejects with `ApiError`. */
export const learningApi = {
  draft: (issueId: string) => api.post<DraftAnswerDto>(`${issue(issueId)}/draft`),
};
