'use client';

import { ArrowLeft } from 'lucide-react';
import type { ProjectDto } from '@/lib/projects/project-schema';
import type { ProjectSettings } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { OwnershipRules } from './ownership-rules';
import { SettingsSection } from './settings-section';
import { useSaveProjectSettings } from './use-save-project-settings';

type NumberSetting =
  | 'retention_days'
  | 'max_events_per_issue'
  | 'quota_per_minute'
  | 'key_quota_per_minute'
  | 'auto_resolve_days';

interface NumberFieldSpec {
  name: NumberSetting;
  label: string;
  hint: string;
  min: number;
  max: number;
  /** Empty means none of it. */
  optional?: boolean;
}

interface SectionSpec {
  title: string;
  description: string;
  fields: readonly NumberFieldSpec[];
}

const SECTIONS: readonly SectionSpec[] = [
  {
    title: 'Storage',
    description: 'Issues, their history and their counts are kept for ever. This is about single events.',
    fields: [
      { name: 'retention_days', label: 'Days that events are kept', hint: '1 to 3,650.', min: 1, max: 3650 },
      {
        name: 'max_events_per_issue',
        label: 'Events kept per issue',
        hint: 'Beyond it the first, the latest and a spread of the others stay.',
        min: 10,
        max: 100_000_000,
      },
    ],
  },
  {
    title: 'Quotas',
    description: 'Senders beyond a quota are told when to come back. Without one, everything is taken.',
    fields: [
      {
        name: 'quota_per_minute',
        label: 'Events a minute, whole project',
        hint: 'Empty for no limit.',
        min: 1,
        max: 100_000_000,
        optional: true,
      },
      {
        name: 'key_quota_per_minute',
        label: 'Events a minute, each key',
        hint: 'Empty for no limit.',
        min: 1,
        max: 100_000_000,
        optional: true,
      },
    ],
  },
  {
    title: 'Quiet issues',
    description: 'An open issue that stays quiet can count as resolved by itself. The next event brings it back.',
    fields: [
      {
        name: 'auto_resolve_days',
        label: 'Resolve after so many quiet days',
        hint: 'Empty for never.',
        min: 1,
        max: 3650,
        optional: true,
      },
    ],
  },
];

/** What one project keeps, takes and does by itself. For admins. */
export function ProjectSettingsView({ project, emails }: { project: ProjectDto; emails: readonly string[] }) {
  return (
    <>
      <div className="mb-6 flex items-center gap-2">
        <ButtonLink size="sm" variant="ghost" icon={<ArrowLeft />} href="/settings/projects">
          Projects
        </ButtonLink>
        <h2 className="font-semibold text-base">{project.name}</h2>
      </div>
      <div>
        {SECTIONS.map((section) => (
          <SettingsSection key={section.title} title={section.title} description={section.description}>
            <NumbersForm projectId={project.id} settings={project.settings} fields={section.fields} />
          </SettingsSection>
        ))}
        <SettingsSection
          title="Ownership"
          description="A new issue goes to the member of the first rule that fits. All that a rule names must hold; * stands for anything."
        >
          <OwnershipRules projectId={project.id} initial={project.settings.ownership} emails={emails} />
        </SettingsSection>
      </div>
    </>
  );
}

interface NumbersFormProps {
  projectId: number;
  settings: ProjectSettings;
  fields: readonly NumberFieldSpec[];
}

function NumbersForm({ projectId, settings, fields }: NumbersFormProps) {
  const save = useSaveProjectSettings(projectId);
  const errors = fieldErrors(
    save.error,
    fields.map((field) => `settings.${field.name}`),
  );
  return (
    <form
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const read = (name: string) => (data.get(name) === '' ? null : Number(data.get(name)));
        save.mutate(Object.fromEntries(fields.map(({ name }) => [name, read(name)])));
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      {fields.map(({ name, label, hint, optional, min, max }) => (
        <Field key={name} label={label} hint={hint} error={errors.of(`settings.${name}`)}>
          <Input
            name={name}
            type="number"
            inputMode="numeric"
            className="max-w-40 tabular-nums"
            min={min}
            max={max}
            step={1}
            required={!optional}
            defaultValue={settings[name] ?? ''}
          />
        </Field>
      ))}
      <Button type="submit" className="self-start" loading={save.isPending}>
        Save
      </Button>
    </form>
  );
}
