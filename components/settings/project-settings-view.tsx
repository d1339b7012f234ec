'use client';

import { ArrowLeft } from 'lucide-react';
import type { ProjectDrops } from '@/lib/analytics/drop-schema';
import type { ProjectDto } from '@/lib/projects/project-schema';
import type { ProjectSettings } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { AttachmentSettings } from './attachment-settings';
import { InboundFilters } from './inbound-filters';
import { LoadSettings } from './load-settings';
import { OwnershipRules } from './ownership-rules';
import { ProjectDropsTable } from './project-drops';
import { SettingsSection } from './settings-section';
import { SourceMaps } from './source-maps';
import { TrackerTemplates } from './tracker-templates';
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

export interface ProjectSettingsViewProps {
  project: ProjectDto;
  /** Of members, to choose from. */
  emails: readonly string[];
  drops: ProjectDrops;
}

/** What one project keeps, takes and does by itself. For admins. */
export function ProjectSettingsView({ project, emails, drops }: ProjectSettingsViewProps) {
  const { settings } = project;
  // A form begins anew with what was saved, also when that is taken back.
  const keyOf = (...names: (keyof ProjectSettings)[]) => JSON.stringify(names.map((name) => settings[name]));
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
            <NumbersForm
              key={keyOf(...section.fields.map(({ name }) => name))}
              projectId={project.id}
              settings={settings}
              fields={section.fields}
            />
          </SettingsSection>
        ))}
        <SettingsSection
          title="Load"
          description="Everything is counted in any case; this is about which events are kept."
        >
          <LoadSettings key={keyOf('sampling', 'spike_protection')} projectId={project.id} settings={settings} />
        </SettingsSection>
        <SettingsSection
          title="Filters"
          description="What fits one is dropped on the way in, and its sender told that all is well. * stands for anything."
        >
          <InboundFilters
            key={keyOf('filters')}
            projectId={project.id}
            initial={settings.filters}
            dropped={Object.fromEntries(drops.filters.map(({ filter, count }) => [filter, count]))}
            days={drops.days}
          />
        </SettingsSection>
        <SettingsSection title="Attachments" description="Logs, screenshots and dumps that SDKs send along.">
          <AttachmentSettings key={keyOf('attachments')} projectId={project.id} attachments={settings.attachments} />
        </SettingsSection>
        <SettingsSection
          title="Thrown away"
          description="What SDKs report that they dropped themselves, and what Errata does not keep."
        >
          <ProjectDropsTable drops={drops} />
        </SettingsSection>
        <SettingsSection
          title="Grouping"
          description="Which events make one issue. Rules of your own come before what Errata finds by itself."
        >
          <GroupingSettings project={project} />
        </SettingsSection>
        <SettingsSection
          title="Ownership"
          description="A new issue goes to the member of the first rule that fits. All that a rule names must hold; * stands for anything."
        >
          <OwnershipRules
            key={keyOf('ownership')}
            projectId={project.id}
            initial={settings.ownership}
            emails={emails}
          />
        </SettingsSection>
        <SettingsSection
          id="trackers"
          title="Ticket trackers"
          description="An issue opens their page for a new ticket, already filled in. {title}, {body} and {url} stand for its words."
        >
          <TrackerTemplates key={keyOf('trackers')} projectId={project.id} initial={settings.trackers} />
        </SettingsSection>
        <SettingsSection
          id="source-maps"
          title="Source maps"
          description="With them, stacks of minified scripts are shown and grouped as they were written. They go when no event has asked for them as long as events are kept."
        >
          <SourceMaps projectId={project.id} slug={project.slug} />
        </SettingsSection>
      </div>
    </>
  );
}

function GroupingSettings({ project: { slug, settings } }: { project: ProjectDto }) {
  const { grouping_rules: rules, grouping_version: version, grouping_transition: transition } = settings;
  const count = rules.rules.length;
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <ButtonLink href={`/settings/projects/${slug}/grouping`}>Grouping rules</ButtonLink>
      <span className="text-muted">
        {count === 0 ? 'No rules' : count === 1 ? 'One rule' : `${count} rules`} · version {version}
        {transition ? `, and ${transition.from} until ${transition.until.slice(0, 10)}` : null}
      </span>
    </div>
  );
}

interface NumbersFormProps {
  projectId: number;
  settings: ProjectSettings;
  fields: readonly NumberFieldSpec[];
}

function NumbersForm({ projectId, settings, fields }: NumbersFormProps) {
  const save = useSaveProjectSettings(projectId, settings);
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
