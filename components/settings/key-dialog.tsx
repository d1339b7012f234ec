'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { ProjectDto, ProjectKeyDto } from '@/lib/projects/project-schema';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { FormDialog } from './form-dialog';
import { projectsQuery } from './queries';

export interface KeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  project: ProjectDto;
}

/** Makes another capture key. */
export function KeyDialog({ open, onOpenChange, project }: KeyDialogProps) {
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: (label: string) => api.post<ProjectKeyDto>(`/api/v1/projects/${project.id}/keys`, { label }),
    onSuccess: () => {
      onOpenChange(false);
      void queryClient.invalidateQueries(projectsQuery);
    },
  });
  const errors = fieldErrors(create.error, ['label']);
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        create.reset();
        onOpenChange(next);
      }}
      title={`New key for ${project.name}`}
      description="A key of its own per sender lets you switch one off without the others."
      submitLabel="Create key"
      loading={create.isPending}
      error={errors.rest}
      onSubmit={(data) => create.mutate(String(data.get('label')))}
    >
      <Field label="Label" hint="Who sends with it, such as “Web app”." error={errors.of('label')}>
        <Input name="label" required maxLength={100} autoFocus />
      </Field>
    </FormDialog>
  );
}
