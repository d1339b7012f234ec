'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { TRACKER_PRESETS, type Tracker } from '@/lib/projects/tracker-template';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { useSaveProjectSettings } from './use-save-project-settings';

type Draft = Tracker & { key: number };

const EMPTY: Tracker = { name: '', template: 'https://' };

/** Where tickets for the project's issues are opened: a name and the address of the page for a new one. */
export function TrackerTemplates({ projectId, initial }: { projectId: number; initial: readonly Tracker[] }) {
  const [drafts, setDrafts] = useState<Draft[]>(() => initial.map((tracker, key) => ({ ...tracker, key })));
  const nextKey = useRef(initial.length);
  const save = useSaveProjectSettings(projectId, { trackers: [...initial] });
  const change = (next: Draft[]) => {
    save.reset();
    setDrafts(next);
  };
  const fieldOf = (index: number, name: keyof Tracker) => `settings.trackers.${index}.${name}`;
  const errors = fieldErrors(
    save.error,
    drafts.flatMap((_, index) => [fieldOf(index, 'name'), fieldOf(index, 'template')]),
  );
  const set = (draft: Draft, name: keyof Tracker, value: string) =>
    change(drafts.map((each) => (each === draft ? { ...each, [name]: value } : each)));
  const add = (tracker: Tracker) => change([...drafts, { ...tracker, key: nextKey.current++ }]);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ trackers: drafts.map(({ name, template }) => ({ name, template })) });
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      {drafts.map((draft, index) => (
        <fieldset key={draft.key} className="flex items-start gap-2">
          <legend className="sr-only">Tracker {index + 1}</legend>
          <Field label="Name" className="w-32" error={errors.of(fieldOf(index, 'name'))}>
            <Input
              value={draft.name}
              required
              maxLength={40}
              onChange={(event) => set(draft, 'name', event.target.value)}
            />
          </Field>
          <Field
            label="Address of a new ticket"
            className="min-w-0 flex-1"
            error={errors.of(fieldOf(index, 'template'))}
          >
            <Input
              className="font-mono"
              value={draft.template}
              required
              maxLength={1000}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set(draft, 'template', event.target.value)}
            />
          </Field>
          <IconButton
            className="mt-6"
            label={`Delete tracker ${index + 1}`}
            icon={<Trash2 />}
            onClick={() => change(drafts.filter((each) => each !== draft))}
          />
        </fieldset>
      ))}
      <div className="flex flex-wrap gap-2">
        {TRACKER_PRESETS.map((preset) => (
          <Button key={preset.name} icon={<Plus />} onClick={() => add(preset)}>
            {preset.name}
          </Button>
        ))}
        <Button icon={<Plus />} onClick={() => add(EMPTY)}>
          Other
        </Button>
        {drafts.length > 0 || initial.length > 0 ? (
          <Button type="submit" variant="primary" loading={save.isPending}>
            Save trackers
          </Button>
        ) : null}
      </div>
    </form>
  );
}
