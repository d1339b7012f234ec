'use client';

import { KeyRound } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { useHydrated } from '../ui/use-hydrated';
import { signInError } from './sign-in-error';

export interface SignInFormProps {
  /** Path to go to afterwards. */
  callbackPath: string;
  /** Ways besides a password. */
  providers: readonly { id: string; name: string }[];
  /** Code in the address, from a provider that refused. */
  initialError?: string;
}

/** Password, and the providers that are configured. */
export function SignInForm({ callbackPath, providers, initialError }: SignInFormProps) {
  const hydrated = useHydrated();
  const [error, setError] = useState<string | null>(initialError ? signInError(initialError) : null);
  const [busy, setBusy] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setBusy('credentials');
    setError(null);
    try {
      const result = await signIn('credentials', {
        email: data.get('email'),
        password: data.get('password'),
        redirect: false,
      });
      // A full load: every cached answer of somebody else is gone with it.
      if (result?.ok) return window.location.assign(callbackPath);
      setError(signInError(result?.error ?? 'unknown'));
    } catch {
      setError(signInError('unreachable'));
    }
    setBusy(null);
  };

  return (
    <div className="flex flex-col gap-4">
      {error ? <Alert tone="critical">{error}</Alert> : null}
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        <Field label="E-mail">
          <Input type="email" name="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label="Password">
          <Input type="password" name="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" variant="primary" size="lg" disabled={!hydrated} loading={busy === 'credentials'}>
          Sign in
        </Button>
      </form>
      {providers.length > 0 ? (
        <>
          <div className="flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </div>
          {providers.map((provider) => (
            <Button
              key={provider.id}
              size="lg"
              icon={<KeyRound />}
              loading={busy === provider.id}
              onClick={() => {
                setBusy(provider.id);
                void signIn(provider.id, { callbackUrl: callbackPath });
              }}
            >
              Continue with {provider.name}
            </Button>
          ))}
        </>
      ) : null}
    </div>
  );
}
