'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ViewPage } from '@/lib/views/view-schema';
import { useViewer } from '../layout/viewer';
import { FormDialog } from '../settings/form-dialog';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { toastDone } from '../ui/toast';
import { viewsApi } from './queries';

export interface SaveViewDialogProps {
  page: ViewPage;
  search: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (id: string) => void;
}

/** Keeps the filters that are shown under a name. */
export function SaveViewDialog({ page, search, open, onOpenChange, onSaved }: SaveViewDialogProps) {
  const viewer = useViewer();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: viewsApi.save,
    onSuccess: (view) => {
      onOpenChange(false);
      onSaved(view.id);
      toastDone(`Saved ${view.name}`);
      return client.invalidateQueries({ queryKey: ['views', page] });
    },
  });
  const errors = fieldErrors(save.error, ['name']);
  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        save.reset();
        onOpenChange(next);
      }}
      title="Save this view"
      description="Search, filters, order and time range, under one name."
      submitLabel="Save view"
      loading={save.isPending}
      error={errors.rest}
      onSubmit={(data) =>
        save.mutate({
          page,
          search,
          name: String(data.get('name')),
          shared: data.get('shared') === 'on',
          default: data.get('default') === 'on',
        })
      }
    >
      <Field label="Name" error={errors.of('name')}>
        <Input name="name" required maxLength={60} autoFocus />
      </Field>
      {viewer.can('write') ? <Checkbox name="shared" label="Share with everybody" /> : null}
      <Checkbox name="default" label="Open the page with it" hint="For you alone." />
    </FormDialog>
  );
}
