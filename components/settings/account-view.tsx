'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { type ReactNode, useSyncExternalStore } from 'react';
import { api } from '@/lib/http/client';
import { THEMES } from '../layout/themes';
import { useViewer } from '../layout/viewer';
import { NotificationChoice } from '../notifications/notification-choice';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Segmented } from '../ui/segmented';
import { toastDone } from '../ui/toast';
import { EditorChoice } from './editor-choice';
import { SettingsSection } from './settings-section';

/** One's own name, password and theme. */
export function AccountView() {
  return (
    <>
      <SettingsSection title="Profile" description="How others see you in activity and review.">
        <NameForm />
      </SettingsSection>
      <SettingsSection title="Password" description="A new password ends all your other sessions.">
        <PasswordForm />
      </SettingsSection>
      <SettingsSection id="notifications" title="Notifications" description="What the bell tells you of.">
        <NotificationChoice />
      </SettingsSection>
      <SettingsSection
        id="editor"
        title="Editor"
        description="Opens a line of a stack trace on your machine. For this browser: paths differ from machine to machine."
      >
        <EditorChoice />
      </SettingsSection>
      <SettingsSection title="Theme" description="For this browser.">
        <ThemeChoice />
      </SettingsSection>
    </>
  );
}

function NameForm() {
  const viewer = useViewer();
  const router = useRouter();
  const save = useMutation({
    mutationFn: (name: string) => api.patch('/api/v1/account', { name }),
    onSuccess: () => {
      toastDone('Name saved');
      router.refresh();
    },
  });
  const errors = fieldErrors(save.error, ['name']);
  return (
    <AccountForm
      error={errors.rest}
      submit="Save name"
      loading={save.isPending}
      onSubmit={(data) => save.mutate(String(data.get('name')))}
    >
      <Field label="E-mail" hint="What you sign in with.">
        <Input value={viewer.email ?? ''} readOnly disabled />
      </Field>
      <Field label="Name" error={errors.of('name')}>
        <Input name="name" defaultValue={viewer.name} required maxLength={100} autoComplete="name" />
      </Field>
    </AccountForm>
  );
}

function PasswordForm() {
  const viewer = useViewer();
  const save = useMutation({
    mutationFn: async (input: { current_password: string; new_password: string }) => {
      await api.patch('/api/v1/account', input);
      // The change ended this session as well; go on in a new one.
      const { signIn } = await import('next-auth/react');
      await signIn('credentials', { email: viewer.email, password: input.new_password, redirect: false });
    },
    onSuccess: () => toastDone('Password changed', 'All your other sessions have ended.'),
  });
  const errors = fieldErrors(save.error, ['current_password', 'new_password']);
  return (
    <AccountForm
      key={save.submittedAt && save.isSuccess ? save.submittedAt : 'form'}
      error={errors.rest}
      submit="Change password"
      loading={save.isPending}
      onSubmit={(data) =>
        save.mutate({
          current_password: String(data.get('current_password')),
          new_password: String(data.get('new_password')),
        })
      }
    >
      <Field label="Current password" error={errors.of('current_password')}>
        <Input type="password" name="current_password" autoComplete="current-password" required />
      </Field>
      <Field label="New password" hint="At least 10 characters." error={errors.of('new_password')}>
        <Input type="password" name="new_password" autoComplete="new-password" minLength={10} required />
      </Field>
    </AccountForm>
  );
}

interface AccountFormProps {
  submit: string;
  loading: boolean;
  error?: string;
  onSubmit: (data: FormData) => void;
  children: ReactNode;
}

function AccountForm({ submit, loading, error, onSubmit, children }: AccountFormProps) {
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
    >
      {error ? <Alert tone="critical">{error}</Alert> : null}
      {children}
      <Button type="submit" loading={loading} className="self-start">
        {submit}
      </Button>
    </form>
  );
}

const noChanges = () => () => {};

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  // The server does not know the choice, which this browser keeps.
  const inBrowser = useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
  return (
    <Segmented
      label="Theme"
      value={inBrowser ? (theme ?? 'system') : ''}
      onValueChange={setTheme}
      options={THEMES.map((each) => ({
        value: each.value as string,
        label: (
          <>
            <each.icon aria-hidden />
            {each.label}
          </>
        ),
      }))}
    />
  );
}
