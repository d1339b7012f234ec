'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Scope } from '@/lib/auth/permissions';
import { api } from '@/lib/http/client';
import { DAY_MS } from '@/lib/time';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { FormDialog } from './form-dialog';
import { tokensQuery } from './queries';
import { SCOPE_WORDS } from './role-words';
import { SecretOnce } from './secret-once';

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'No expiry' },
] as const;
type Lifetime = (typeof LIFETIMES)[number]['value'];

export interface TokenDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a token and shows it once. */
export function TokenDialog({ open, onOpenChange }: TokenDialogProps) {
  const queryClient = useQueryClient();
  const [scopes, setScopes] = useState<ReadonlySet<Scope>>(new Set(['read']));
  const [lifetime, setLifetime] = useState<Lifetime>('90');
  const [token, setToken] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: (name: string) =>
      api.post<{ token: string }>('/api/v1/tokens', {
        name,
        scopes: [...scopes],
        expires_at: lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString(),
      }),
    onSuccess: (created) => {
      onOpenChange(false);
      setToken(created.token);
      void queryClient.invalidateQueries(tokensQuery);
    },
  });
  const errors = fieldErrors(create.error, ['name', 'scopes']);
  return (
    <>
      <FormDialog
        open={open}
        onOpenChange={(next) => {
          create.reset();
          onOpenChange(next);
        }}
        title="New API token"
        submitLabel="Create token"
        loading={create.isPending}
        error={errors.rest}
        onSubmit={(data) => create.mutate(String(data.get('name')))}
      >
        <Field label="Name" hint="What uses it, such as “CI import”." error={errors.of('name')}>
          <Input name="name" required maxLength={100} autoFocus />
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium text-muted text-xs">Scopes</legend>
          {SCOPE_WORDS.map((scope) => (
            <Checkbox
              key={scope.value}
              label={scope.label}
              hint={scope.hint}
              checked={scopes.has(scope.value)}
              onCheckedChange={(checked) => {
                const next = new Set(scopes);
                if (checked === true) next.add(scope.value);
                else next.delete(scope.value);
                setScopes(next);
              }}
            />
          ))}
          {errors.of('scopes') ? <p className="text-critical-fg text-xs">{errors.of('scopes')}</p> : null}
        </fieldset>
        <Field label="Expires after">
          <Select options={LIFETIMES} value={lifetime} onValueChange={setLifetime} />
        </Field>
      </FormDialog>
      <SecretOnce
        title="API token"
        secret={token}
        description="Copy it now: it is shown only this once. If it is lost, revoke it and make another."
        onClose={() => setToken(null)}
      />
    </>
  );
}
