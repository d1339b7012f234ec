'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { ProjectDto } from '@/lib/projects/project-schema';
import type { ProjectSettings } from '@/lib/projects/project-settings';
import { toastDone } from '../ui/toast';
import { projectsQuery } from './queries';

/** Saves some settings of a project; the fields of a refusal are named `settings.…`. */
export function useSaveProjectSettings(projectId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (settings: Partial<ProjectSettings>) =>
      api.patch<ProjectDto>(`/api/v1/projects/${projectId}`, { settings }),
    onSuccess: () => {
      toastDone('Saved');
      void queryClient.invalidateQueries(projectsQuery);
    },
  });
}
