'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '@/lib/auth/permissions';
import { api } from '@/lib/http/client';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { FormDialog } from './form-dialog';
import { membersQuery } from './queries';
import { ROLE_OPTIONS } from './role-words';
import { SecretOnce } from './secret-once';

export interface InviteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Invites a member and shows the link once. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>('engineer');
  const [link, setLink] = useState<string | null>(null);
  const invite = useMutation({
    mutationFn: (input: { name: string; email: string; role: Role }) =>
      api.post<{ invite_path: string }>('/api/v1/users', input),
    onSuccess: (invited) => {
      onOpenChange(false);
      setLink(`${window.location.origin}${invited.invite_path}`);
      void queryClient.invalidateQueries(membersQuery);
    },
  });
  const errors = fieldErrors(invite.error, ['name', 'email', 'role']);
  return (
    <>
      <FormDialog
        open={open}
        onOpenChange={(next) => {
          invite.reset();
          onOpenChange(next);
        }}
        title="Invite member"
        submitLabel="Create invitation"
        loading={invite.isPending}
        error={errors.rest}
        onSubmit={(data) => invite.mutate({ name: String(data.get('name')), email: String(data.get('email')), role })}
      >
        <Field label="Name" error={errors.of('name')}>
          <Input name="name" required maxLength={100} autoFocus />
        </Field>
        <Field label="E-mail" error={errors.of('email')}>
          <Input name="email" type="email" required />
        </Field>
        <Field label="Role" error={errors.of('role')}>
          <Select options={ROLE_OPTIONS} value={role} onValueChange={setRole} />
        </Field>
      </FormDialog>
      <SecretOnce
        title="Invitation link"
        secret={link}
        description="Pass this link on yourself. It is shown only now and works once."
        onClose={() => setLink(null)}
      />
    </>
  );
}
