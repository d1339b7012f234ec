'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Publishing, PublishSettings } from '@/lib/guide/publish-schema';
import { api } from '@/lib/http/client';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Page, PageHeader } from '../ui/page';
import { RelativeTime } from '../ui/relative-time';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { toastDone, toastError } from '../ui/toast';
import { GuideTabs } from './guide-tabs';

const publishingQuery = queryOptions({
  queryKey: ['guide', 'publishing'],
  queryFn: ({ signal }) => api.get<Publishing>('/api/v1/guide/publishing', {}, signal),
});

const FIELDS = ['path', 'file', 'entry_folder', 'branch', 'author_name', 'author_email'] as const;

/** Where the guide goes by itself, when, and how that went. */
export function PublishingView({ title, initial }: { title: string; initial: Publishing }) {
  const client = useQueryClient();
  const { data } = useQuery({ ...publishingQuery, initialData: initial, refetchInterval: 5000 });
  const [settings, setSettings] = useState(initial.settings);
  const save = useMutation({
    mutationFn: () => api.put<Publishing>('/api/v1/guide/publishing', settings),
    onSuccess: (saved) => {
      client.setQueryData(publishingQuery.queryKey, saved);
      toastDone('Saved');
    },
  });
  const run = useMutation({
    mutationFn: () => api.post('/api/v1/guide/publishing/run'),
    onSuccess: () => toastDone('Publishing'),
    onError: (error) => toastError(error, 'Not published'),
  });
  const set = (change: Partial<PublishSettings>) => setSettings({ ...settings, ...change });
  const errors = fieldErrors(save.error, FIELDS);
  const isGit = settings.target === 'git';
  const text = (name: (typeof FIELDS)[number], label: string, hint?: string) => (
    <Field label={label} hint={hint} error={errors.of(name)}>
      <Input value={settings[name]} onChange={(event) => set({ [name]: event.target.value })} />
    </Field>
  );
  return (
    <Page>
      <PageHeader
        title={title}
        description="Keep the guide current in a folder or a git checkout on the machine Errata runs on."
        actions={
          <Button disabled={!data.settings.enabled} loading={run.isPending} onClick={() => run.mutate()}>
            Publish now
          </Button>
        }
      />
      <GuideTabs value="publishing" />
      <div className="max-w-2xl space-y-5">
        <LastRun status={data.status} />
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
          <Switch
            label="Publish by itself"
            checked={settings.enabled}
            onCheckedChange={(enabled) => set({ enabled })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Where to">
              <Select
                value={settings.target}
                onValueChange={(target) => set({ target })}
                options={[
                  { value: 'folder', label: 'A folder' },
                  { value: 'git', label: 'A git checkout' },
                ]}
              />
            </Field>
            <Field label="When">
              <Select
                value={settings.schedule}
                onValueChange={(schedule) => set({ schedule })}
                options={[
                  { value: 'change', label: 'After each change' },
                  { value: 'daily', label: 'Once a day' },
                  { value: 'weekly', label: 'Once a week' },
                ]}
              />
            </Field>
          </div>
          {text('path', isGit ? 'Checkout' : 'Folder', `Beneath ${data.roots.join(' or ')}, as the operator allows.`)}
          <div className="grid gap-4 sm:grid-cols-2">
            {text('file', 'File')}
            {text('entry_folder', 'Folder for one file per entry', 'Left empty, only the guide is written.')}
          </div>
          {isGit ? (
            <>
              <div className="grid gap-4 sm:grid-cols-3">
                {text('branch', 'Branch')}
                {text('author_name', 'Author')}
                {text('author_email', 'E-mail')}
              </div>
              <Switch label="Push to origin" checked={settings.push} onCheckedChange={(push) => set({ push })} />
            </>
          ) : null}
          <Button type="submit" variant="primary" loading={save.isPending}>
            Save
          </Button>
        </form>
      </div>
    </Page>
  );
}

function LastRun({ status }: { status: Publishing['status'] }) {
  if (!status.last_run_at) return <p className="text-muted text-sm">Not published yet.</p>;
  if (status.outcome === 'failed')
    return (
      <Alert tone="critical">
        <p>
          Not published <RelativeTime value={status.last_run_at} />.
        </p>
        <p className="mt-1 whitespace-pre-wrap break-words font-mono text-xs">{status.error}</p>
      </Alert>
    );
  return (
    <p className="text-muted text-sm">
      {status.outcome === 'unchanged' ? 'Nothing had changed' : 'Published'} <RelativeTime value={status.last_run_at} />
      {status.commit ? (
        <>
          , commit <code className="font-mono text-xs">{status.commit.slice(0, 12)}</code>
        </>
      ) : null}
      .
    </p>
  );
}
