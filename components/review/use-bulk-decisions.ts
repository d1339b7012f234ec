'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Suggestion } from '@/lib/learning/learning-schema';
import type { RejectReason } from '@/lib/learning/reject-reasons';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { suggestionsApi } from './queries';

type Work = (suggestion: Suggestion) => Promise<unknown>;

/** Several suggestions decided one after the other; what could not be is said, what was can be taken back together. */
export function useBulkDecisions(onDone: () => void) {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(['suggestions', 'issues', 'knowledge'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const run = useMutation({
    mutationFn: async ({ suggestions, work }: { suggestions: readonly Suggestion[]; work: Work; words: string }) => {
      const done: Suggestion[] = [];
      let failure: unknown = null;
      for (const suggestion of suggestions)
        try {
          await work(suggestion);
          done.push(suggestion);
        } catch (error) {
          // Accepting one supersedes the others of its issue: those need no decision any more.
          failure ??= error;
        }
      return { done, failure };
    },
    onSuccess: ({ done, failure }, { words }) => {
      onDone();
      if (failure !== null && done.length === 0) toastError(failure, 'None could be decided');
      else if (words === '') toastDone(`${done.length} wait for review again`);
      else toastUndo(`${words} ${done.length}`, () => takeBack(done));
    },
    onSettled: refresh,
  });
  const takeBack = (suggestions: readonly Suggestion[]) =>
    run.mutate({ suggestions: [...suggestions].reverse(), work: ({ id }) => suggestionsApi.undo(id), words: '' });
  return {
    busy: run.isPending,
    accept: (suggestions: readonly Suggestion[]) =>
      run.mutate({ suggestions, work: ({ id }) => suggestionsApi.accept(id), words: 'Accepted' }),
    reject: (suggestions: readonly Suggestion[], reason: RejectReason, note: string) =>
      run.mutate({ suggestions, work: ({ id }) => suggestionsApi.reject(id, reason, note), words: 'Rejected' }),
  };
}
