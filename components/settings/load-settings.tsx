'use client';

import type { ProjectSettings } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Switch } from '../ui/switch';
import { useSaveProjectSettings } from './use-save-project-settings';

export interface LoadSettingsProps {
  projectId: number;
  settings: ProjectSettings;
}

/** What is kept when very much comes: of a project in a spike, and of one issue in an hour. All of it is counted. */
export function LoadSettings({ projectId, settings }: LoadSettingsProps) {
  const save = useSaveProjectSettings(projectId, settings);
  const { spike_protection, sampling } = settings;
  const errors = fieldErrors(save.error, ['settings.sampling.per_hour']);
  return (
    <div className="flex max-w-md flex-col gap-4">
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      <div>
        <Switch
          label="Spike protection"
          checked={spike_protection}
          disabled={save.isPending}
          onCheckedChange={(on) => save.mutate({ spike_protection: on })}
        />
        <p className="mt-1 text-faint text-xs">
          When ten times as much comes as usual, and more than 1,000 events a minute, one of a hundred is kept.
        </p>
      </div>
      <div>
        <Switch
          label="Sample frequent issues"
          checked={sampling.enabled}
          disabled={save.isPending}
          onCheckedChange={(enabled) => save.mutate({ sampling: { ...sampling, enabled } })}
        />
        <p className="mt-1 text-faint text-xs">
          Beyond the number below, one event of ten is kept, and beyond ten times as many one of a hundred.
        </p>
      </div>
      {sampling.enabled ? (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const per_hour = Number(new FormData(event.currentTarget).get('per_hour'));
            save.mutate({ sampling: { ...sampling, per_hour } });
          }}
        >
          <Field
            label="Events of one issue kept in an hour"
            hint="1 to 10,000,000."
            error={errors.of('settings.sampling.per_hour')}
          >
            <Input
              name="per_hour"
              type="number"
              inputMode="numeric"
              className="max-w-40 tabular-nums"
              min={1}
              max={10_000_000}
              step={1}
              required
              defaultValue={sampling.per_hour}
            />
          </Field>
          <Button type="submit" className="mb-5" loading={save.isPending}>
            Save
          </Button>
        </form>
      ) : null}
    </div>
  );
}
