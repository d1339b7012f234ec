'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '@/lib/http/client';
import type { ProjectDto } from '@/lib/projects/project-schema';
import type { ProjectSettings } from '@/lib/projects/project-settings';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { projectsQuery } from './queries';

type Changes = Partial<ProjectSettings>;

/** Of `settings`, what `changes` would change. */
const sameNames = (settings: Changes, changes: Changes): Changes =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => Object.hasOwn(changes, name)));

/**
 * Saves some settings of a project, with a toast that takes it back; the fields of a refusal are named `settings.…`.
 * `before`: what is saved now, at least of those that change.
 */
export function useSaveProjectSettings(projectId: number, before: Changes) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const send = (settings: Changes) => api.patch<ProjectDto>(`/api/v1/projects/${projectId}`, { settings });
  const refresh = () => {
    void queryClient.invalidateQueries(projectsQuery);
    router.refresh();
  };
  const undo = useMutation({
    mutationFn: send,
    onSuccess: () => toastDone('As it was before'),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  return useMutation({
    mutationFn: send,
    onSuccess: (_, changes) => {
      const previous = sameNames(before, changes);
      toastUndo('Saved', () => undo.mutate(previous));
      refresh();
    },
  });
}
