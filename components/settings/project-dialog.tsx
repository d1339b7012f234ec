'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '@/lib/http/client';
import type { ProjectDto } from '@/lib/projects/project-schema';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { toastDone } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { projectsQuery } from './queries';

export interface ProjectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Renames this one; makes a new one without. */
  project?: ProjectDto;
}

/** Makes or renames a project. */
export function ProjectDialog({ open, onOpenChange, project }: ProjectDialogProps) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const save = useMutation({
    mutationFn: (input: { name: string; slug?: string }) =>
      project
        ? api.patch<ProjectDto>(`/api/v1/projects/${project.id}`, { name: input.name })
        : api.post<ProjectDto>('/api/v1/projects', input),
    onSuccess: (saved) => {
      onOpenChange(false);
      toastDone(project ? `Renamed to ${saved.name}` : `${saved.name} is ready for events`);
      void queryClient.invalidateQueries(projectsQuery);
      // The project picker is in the layout, which the server renders.
      router.refresh();
    },
  });
  const errors = fieldErrors(save.error, ['name', 'slug']);
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        save.reset();
        onOpenChange(next);
      }}
      title={project ? 'Rename project' : 'New project'}
      submitLabel={project ? 'Rename' : 'Create project'}
      loading={save.isPending}
      error={errors.rest}
      onSubmit={(data) =>
        save.mutate({ name: String(data.get('name')), slug: String(data.get('slug') ?? '').trim() || undefined })
      }
    >
      <Field label="Name" error={errors.of('name')}>
        <Input name="name" defaultValue={project?.name} required maxLength={100} autoFocus />
      </Field>
      {project ? null : (
        <Field
          label="Slug"
          optional
          hint="Begins its issue ids (web-shop → WEB-SHOP-1) and never changes. Made from the name when left empty."
          error={errors.of('slug')}
        >
          <Input name="slug" className="font-mono" maxLength={50} />
        </Field>
      )}
    </FormDialog>
  );
}
