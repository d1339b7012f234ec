'use client';

import { useState } from 'react';
import type { ProjectSettings } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { useSaveProjectSettings } from './use-save-project-settings';

const CHOICES = [
  { value: 'server', label: 'As the server is set up', description: 'ERRATA_ATTACHMENTS decides.' },
  { value: 'on', label: 'Keep them' },
  { value: 'off', label: 'Throw them away' },
] as const;
type Choice = (typeof CHOICES)[number]['value'];

const DEFAULT_MAX_MB = 10;

const choiceOf = (attachments: ProjectSettings['attachments']): Choice =>
  attachments === null ? 'server' : attachments.enabled ? 'on' : 'off';

export interface AttachmentSettingsProps {
  projectId: number;
  attachments: ProjectSettings['attachments'];
}

/** Whether files that come with events are kept, and how large they may be. */
export function AttachmentSettings({ projectId, attachments }: AttachmentSettingsProps) {
  const [choice, setChoice] = useState(choiceOf(attachments));
  const save = useSaveProjectSettings(projectId, { attachments });
  const errors = fieldErrors(save.error, ['settings.attachments.max_mb']);
  return (
    <form
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const told = new FormData(event.currentTarget).get('max_mb');
        const max_mb = told === null ? (attachments?.max_mb ?? DEFAULT_MAX_MB) : Number(told);
        save.mutate({ attachments: choice === 'server' ? null : { enabled: choice === 'on', max_mb } });
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      <Field label="Files that come with events">
        <Select options={CHOICES} value={choice} onValueChange={setChoice} className="max-w-64" />
      </Field>
      {choice === 'on' ? (
        <Field
          label="Largest file, in MB"
          hint="1 to 100; ERRATA_ATTACHMENT_MAX_MB is the most in any case."
          error={errors.of('settings.attachments.max_mb')}
        >
          <Input
            name="max_mb"
            type="number"
            inputMode="numeric"
            className="max-w-40 tabular-nums"
            min={1}
            max={100}
            step={1}
            required
            defaultValue={attachments?.max_mb ?? DEFAULT_MAX_MB}
          />
        </Field>
      ) : null}
      <Button type="submit" className="self-start" loading={save.isPending}>
        Save
      </Button>
    </form>
  );
}
