'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { type BulkRequest, issuesApi } from './queries';

const DONE: Record<BulkRequest['action'], string> = {
  resolve: 'Resolved',
  reopen: 'Reopened',
  mute: 'Muted',
  unmute: 'Unmuted',
  assign: 'Assigned',
};

const named = (ids: readonly string[]): string => (ids.length === 1 ? (ids[0] ?? '') : `${ids.length} issues`);

/** The deeds on one issue or many, each with a toast that takes it back. */
export function useIssueActions() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['issues'] });

  const undo = useMutation({
    mutationFn: issuesApi.undo,
    onSuccess: ({ undone, refused }) => {
      if (undone.length > 0) toastDone(`Undone: ${named(undone)}`);
      if (refused[0]) toastError(refused[0].reason, `${refused.length} could not be undone`);
    },
    onError: (error) => toastError(error),
    onSettled: refresh,
  });

  const apply = useMutation({
    mutationFn: (request: BulkRequest) => issuesApi.bulk(request),
    onSuccess: ({ changed, refused, undo: token }, { action, assignee }) => {
      const word = action === 'assign' && assignee === null ? 'Unassigned' : DONE[action];
      if (changed.length > 0) {
        const message = `${word} ${named(changed)}`;
        token ? toastUndo(message, () => undo.mutate(token)) : toastDone(message);
      }
      if (refused[0]) toastError(refused[0].reason, `${refused.length} left as they were`);
    },
    onError: (error) => toastError(error),
    onSettled: refresh,
  });

  return { apply: apply.mutate, busy: apply.isPending };
}
