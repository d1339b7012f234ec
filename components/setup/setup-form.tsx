'use client';

import { useMutation } from '@tanstack/react-query';
import { signIn } from 'next-auth/react';
import { api } from '@/lib/http/client';
import type { ProjectDto } from '@/lib/projects/project-schema';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { useHydrated } from '../ui/use-hydrated';

const FIELDS = ['name', 'email', 'password', 'project_name'] as const;
type SetupInput = Record<(typeof FIELDS)[number], string>;

/** The first admin and the first project; goes on to the page that shows how to send an event. */
export function SetupForm({ token }: { token: string }) {
  const hydrated = useHydrated();
  const setUp = useMutation({
    mutationFn: async (input: SetupInput) => {
      const { project } = await api.post<{ project: ProjectDto }>('/api/v1/setup', { token, ...input });
      await signIn('credentials', { email: input.email, password: input.password, redirect: false });
      return project;
    },
    onSuccess: (project) => window.location.assign(`/setup/connect?project=${project.slug}`),
  });
  const errors = fieldErrors(setUp.error, FIELDS);
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        setUp.mutate(Object.fromEntries(FIELDS.map((field) => [field, String(data.get(field))])) as SetupInput);
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      <Field label="Your name" error={errors.of('name')}>
        <Input name="name" autoComplete="name" required autoFocus />
      </Field>
      <Field label="E-mail" error={errors.of('email')}>
        <Input type="email" name="email" autoComplete="username" required />
      </Field>
      <Field label="Password" hint="At least 10 characters." error={errors.of('password')}>
        <Input type="password" name="password" autoComplete="new-password" minLength={10} required />
      </Field>
      <Field
        label="First project"
        hint="A product or a team; it can hold many services. More can be added later."
        error={errors.of('project_name')}
      >
        <Input name="project_name" defaultValue="Default" required />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        disabled={!hydrated}
        loading={setUp.isPending || setUp.isSuccess}
      >
        Set up Errata
      </Button>
    </form>
  );
}
