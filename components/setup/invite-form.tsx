'use client';

import { useMutation } from '@tanstack/react-query';
import { signIn } from 'next-auth/react';
import type { User } from '@/lib/auth/user-schema';
import { api } from '@/lib/http/client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { useHydrated } from '../ui/use-hydrated';

/** Chooses a password through an invitation, then signs in. */
export function InviteForm({ token }: { token: string }) {
  const hydrated = useHydrated();
  const accept = useMutation({
    mutationFn: async (password: string) => {
      const user = await api.post<User>('/api/v1/invite', { token, password });
      await signIn('credentials', { email: user.email, password, redirect: false });
    },
    onSuccess: () => window.location.assign('/'),
  });
  const errors = fieldErrors(accept.error, ['password']);
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate(String(new FormData(event.currentTarget).get('password')));
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      <Field label="Password" hint="At least 10 characters." error={errors.of('password')}>
        <Input type="password" name="password" autoComplete="new-password" minLength={10} required autoFocus />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        disabled={!hydrated}
        loading={accept.isPending || accept.isSuccess}
      >
        Join
      </Button>
    </form>
  );
}
