'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Suggestion } from '@/lib/learning/learning-schema';
import { REASON_LABELS, type RejectReason } from '@/lib/learning/reject-reasons';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { type SuggestionEdit, suggestionsApi } from './queries';

export type Decision =
  | { kind: 'accept'; suggestion: Suggestion; edit?: SuggestionEdit & { version?: number } }
  | { kind: 'reject'; suggestion: Suggestion; reason: RejectReason; note: string };

/** Accepting and rejecting, with the way back in the toast. Everything that shows suggestions, issues or entries is read anew. */
export function useDecisions(onDecided: (decision: Decision) => void = () => {}) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(['suggestions', 'issues', 'knowledge'].map((key) => client.invalidateQueries({ queryKey: [key] })));

  const undo = useMutation({
    mutationFn: (id: string) => suggestionsApi.undo(id),
    onSuccess: () => toastDone('Waiting for review again'),
    onError: (error) => toastError(error, 'The decision could not be taken back'),
    onSettled: refresh,
  });
  const decide = useMutation({
    mutationFn: (decision: Decision) =>
      decision.kind === 'accept'
        ? suggestionsApi.accept(decision.suggestion.id, decision.edit)
        : suggestionsApi.reject(decision.suggestion.id, decision.reason, decision.note),
    onSuccess: (_, decision) => {
      onDecided(decision);
      toastUndo(wordsOf(decision), () => undo.mutate(decision.suggestion.id));
    },
    onError: (error) => toastError(error, 'The suggestion could not be decided'),
    onSettled: refresh,
  });
  return { decide: decide.mutate, undo: undo.mutate, busy: decide.isPending || undo.isPending };
}

function wordsOf(decision: Decision): string {
  const { issue, entry } = decision.suggestion;
  return decision.kind === 'accept'
    ? `${entry?.id ?? 'The draft'} is the fix of ${issue.id} now; watching whether it holds`
    : `Rejected for ${issue.id}: ${REASON_LABELS[decision.reason].toLowerCase()}`;
}
