import { assertCan, type Viewer } from '../auth/viewer';
import { findIssue } from '../issues/find-issue.server';
import { draftIssue } from './draft-issue.server';
import type { DraftAnswerDto } from './learning-schema';
import { getSuggestion } from './list-suggestions.server';

/**
 * Drafts an answer to an issue now, instead of at the next pass. Where too little is known, says so and makes nothing.
 * @throws AppError `not_found` | `forbidden`.
 */
export async function requestDraft({
  viewer,
  issueId,
  now,
}: {
  viewer: Viewer;
  issueId: string;
  now: Date;
}): Promise<DraftAnswerDto> {
  assertCan(viewer, 'write');
  const { projectId, number } = await findIssue({ viewer, issueId });
  const outcome = await draftIssue({ issue: { projectId, issueNumber: number }, now });
  if (outcome.outcome === 'none') return { suggestion: null, why: outcome.why };
  return { suggestion: await getSuggestion({ viewer, id: String(outcome.suggestionId) }), why: null };
}
