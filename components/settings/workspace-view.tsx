'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/lib/http/client';
import type { WorkspaceSettings } from '@/lib/settings/settings-schema';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Switch } from '../ui/switch';
import { toastDone, toastError } from '../ui/toast';
import { ModelSection } from './model-section';
import { SettingsSection } from './settings-section';

export interface WorkspaceViewProps {
  initial: WorkspaceSettings;
  hasDemo: boolean;
}

/** What holds for everybody. */
export function WorkspaceView({ initial, hasDemo }: WorkspaceViewProps) {
  const [settings, setSettings] = useState(initial);
  const save = useMutation({
    mutationFn: (changes: Partial<WorkspaceSettings>) => api.patch<WorkspaceSettings>('/api/v1/settings', changes),
    onSuccess: (saved) => {
      setSettings(saved);
      toastDone('Saved');
    },
    onError: (error) => toastError(error, 'Not saved'),
  });
  return (
    <>
      <SettingsSection
        title="Review"
        description="Whoever wrote a revision of an entry cannot be the only one who approves it."
      >
        <Switch
          label="Four eyes"
          checked={save.isPending ? (save.variables.four_eyes ?? settings.four_eyes) : settings.four_eyes}
          onCheckedChange={(four_eyes) => save.mutate({ four_eyes })}
        />
      </SettingsSection>
      <SettingsSection title="Guide" description="Stands at the top of the exported document.">
        <form
          className="flex max-w-md items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ guide_title: String(new FormData(event.currentTarget).get('guide_title')) });
          }}
        >
          <Field label="Title" error={fieldErrors(save.error, ['guide_title']).of('guide_title')} className="flex-1">
            <Input name="guide_title" defaultValue={settings.guide_title} required maxLength={200} />
          </Field>
          <Button type="submit">Save</Button>
        </form>
      </SettingsSection>
      <ModelSection />
      <SettingsSection
        title="Sample data"
        description="Four services, thirty days of errors and their fixes, to look around with. Your own data is not touched."
      >
        <SampleData hasDemo={hasDemo} />
      </SettingsSection>
    </>
  );
}

function SampleData({ hasDemo }: { hasDemo: boolean }) {
  const router = useRouter();
  const change = useMutation({
    mutationFn: () => (hasDemo ? api.delete('/api/v1/demo') : api.post('/api/v1/demo')),
    onSuccess: () => {
      toastDone(hasDemo ? 'The sample data is gone' : 'The sample data is loaded');
      router.refresh();
    },
    onError: (error) =>
      toastError(error, hasDemo ? 'The sample data was not removed' : 'The sample data was not loaded'),
  });
  return (
    <Button loading={change.isPending} onClick={() => change.mutate()}>
      {hasDemo ? 'Remove sample data' : 'Load sample data'}
    </Button>
  );
}
