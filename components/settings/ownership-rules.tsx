'use client';

import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { OwnershipRule } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { useSaveProjectSettings } from './use-save-project-settings';

const MATCHERS = [
  { name: 'path', label: 'Path', example: 'src/billing/*' },
  { name: 'service', label: 'Service', example: 'checkout-*' },
  { name: 'tag', label: 'Tag', example: 'team:payments' },
] as const;

type Draft = Record<(typeof MATCHERS)[number]['name'] | 'assignee', string> & { key: number };

const toDraft = ({ matcher, assignee }: OwnershipRule, key: number): Draft => ({
  key,
  path: matcher.path ?? '',
  service: matcher.service ?? '',
  tag: matcher.tag ?? '',
  assignee,
});

const toRule = (draft: Draft): OwnershipRule => ({
  matcher: Object.fromEntries(MATCHERS.flatMap(({ name }) => (draft[name].trim() ? [[name, draft[name]]] : []))),
  assignee: draft.assignee.trim(),
});

export interface OwnershipRulesProps {
  projectId: number;
  initial: readonly OwnershipRule[];
  /** Of the members, to choose from. */
  emails: readonly string[];
}

/** Who gets which new issues: rules in the order in which they are asked. */
export function OwnershipRules({ projectId, initial, emails }: OwnershipRulesProps) {
  const [drafts, setDrafts] = useState(() => initial.map(toDraft));
  const nextKey = useRef(initial.length);
  const listId = useId();
  const save = useSaveProjectSettings(projectId, { ownership: [...initial] });
  // What was refused speaks of rules by their place, so it goes as soon as these change.
  const change = (next: Draft[]) => {
    save.reset();
    setDrafts(next);
  };
  const fieldOf = (index: number, name: string) =>
    `settings.ownership.${index}.${name === 'assignee' ? name : `matcher.${name}`}`;
  const fields = drafts.flatMap((_, index) => [
    `settings.ownership.${index}.matcher`,
    ...['path', 'service', 'tag', 'assignee'].map((name) => fieldOf(index, name)),
  ]);
  const errors = fieldErrors(save.error, fields);
  const input = (draft: Draft, index: number, name: keyof Omit<Draft, 'key'>, more: { placeholder?: string }) => (
    <Input
      {...more}
      className="font-mono"
      value={draft[name]}
      maxLength={name === 'assignee' ? 320 : 500}
      required={name === 'assignee'}
      type={name === 'assignee' ? 'email' : 'text'}
      list={name === 'assignee' ? listId : undefined}
      autoComplete="off"
      onChange={(event) =>
        change(drafts.map((each, at) => (at === index ? { ...each, [name]: event.target.value } : each)))
      }
    />
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ownership: drafts.map(toRule) });
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      <datalist id={listId}>
        {emails.map((email) => (
          <option key={email} value={email} />
        ))}
      </datalist>
      {drafts.map((draft, index) => (
        <fieldset key={draft.key} className="rounded-md border border-line p-3">
          <legend className="sr-only">Rule {index + 1}</legend>
          <div className="grid gap-3 sm:grid-cols-3">
            {MATCHERS.map(({ name, label, example }) => (
              <Field key={name} label={label} optional error={errors.of(fieldOf(index, name))}>
                {input(draft, index, name, { placeholder: example })}
              </Field>
            ))}
          </div>
          <div className="mt-3 flex items-end gap-2">
            <Field
              label="Goes to"
              className="flex-1"
              error={errors.of(fieldOf(index, 'assignee')) ?? errors.of(`settings.ownership.${index}.matcher`)}
            >
              {input(draft, index, 'assignee', { placeholder: 'name@example.com' })}
            </Field>
            <IconButton
              label={`Ask rule ${index + 1} earlier`}
              icon={<ArrowUp />}
              disabled={index === 0}
              onClick={() => change(drafts.with(index - 1, draft).with(index, drafts[index - 1] as Draft))}
            />
            <IconButton
              label={`Delete rule ${index + 1}`}
              icon={<Trash2 />}
              onClick={() => change(drafts.filter((each) => each !== draft))}
            />
          </div>
        </fieldset>
      ))}
      <div className="flex gap-2">
        <Button
          icon={<Plus />}
          onClick={() => change([...drafts, { key: nextKey.current++, path: '', service: '', tag: '', assignee: '' }])}
        >
          Rule
        </Button>
        {drafts.length > 0 || initial.length > 0 ? (
          <Button type="submit" variant="primary" loading={save.isPending}>
            Save rules
          </Button>
        ) : null}
      </div>
    </form>
  );
}
