'use client';

import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { filterKey } from '@/lib/projects/filter-key';
import type { InboundFilter } from '@/lib/projects/project-settings';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { fieldErrors } from '../ui/field-errors';
import { formatShort } from '../ui/format';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { useSaveProjectSettings } from './use-save-project-settings';

const SIMPLE = [
  {
    kind: 'browser_extensions',
    label: 'Browser extensions',
    hint: 'Errors whose code is an extension of the browser, not of the page.',
  },
  {
    kind: 'health_checks',
    label: 'Health checks',
    hint: 'Errors of requests by which load balancers and monitors ask whether a service lives.',
  },
] as const;

const PATTERNS = [
  { value: 'message', label: 'Message', example: '*connection reset by peer*' },
  { value: 'release', label: 'Release', example: 'shop@1.*' },
  { value: 'environment', label: 'Environment', example: 'dev-*' },
] as const;
type PatternKind = (typeof PATTERNS)[number]['value'];

interface Draft {
  key: number;
  kind: PatternKind;
  pattern: string;
}

export interface InboundFiltersProps {
  projectId: number;
  initial: readonly InboundFilter[];
  /** Events that each dropped lately, by `filterKey`. */
  dropped: Readonly<Record<string, number>>;
  /** Days that `dropped` covers. */
  days: number;
}

/** What capture drops: two kinds to tick, and patterns. */
export function InboundFilters({ projectId, initial, dropped, days }: InboundFiltersProps) {
  const [ticked, setTicked] = useState(() => new Set(initial.map(({ kind }) => kind)));
  const [drafts, setDrafts] = useState<Draft[]>(() =>
    initial.flatMap((filter, key) =>
      'pattern' in filter ? [{ key, kind: filter.kind, pattern: filter.pattern }] : [],
    ),
  );
  const nextKey = useRef(initial.length);
  const save = useSaveProjectSettings(projectId, { filters: [...initial] });
  // What was refused speaks of filters by their place, so it goes as soon as these change.
  const change = (next: Draft[]) => {
    save.reset();
    setDrafts(next);
  };
  const edit = (draft: Draft, changes: Partial<Draft>) =>
    change(drafts.map((each) => (each === draft ? { ...each, ...changes } : each)));
  const fieldOf = (index: number) => `settings.filters.${index}.pattern`;
  const errors = fieldErrors(
    save.error,
    drafts.map((_, index) => fieldOf(index)),
  );
  const count = (filter: InboundFilter): ReactNode => (
    <span className="shrink-0 text-faint text-xs tabular-nums">
      {formatShort(dropped[filterKey(filter)] ?? 0)} in {days} d
    </span>
  );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const simple = SIMPLE.filter(({ kind }) => ticked.has(kind)).map(({ kind }) => ({ kind }));
        // The patterns come first, so that a refusal names them by the places they have here.
        save.mutate({ filters: [...drafts.map(({ kind, pattern }) => ({ kind, pattern })), ...simple] });
      }}
    >
      {errors.rest ? <Alert tone="critical">{errors.rest}</Alert> : null}
      {SIMPLE.map(({ kind, label, hint }) => (
        <div key={kind} className="flex items-start justify-between gap-4">
          <Checkbox
            label={label}
            hint={hint}
            checked={ticked.has(kind)}
            onCheckedChange={(on) => {
              const next = new Set(ticked);
              if (on === true) next.add(kind);
              else next.delete(kind);
              setTicked(next);
            }}
          />
          {count({ kind })}
        </div>
      ))}
      {drafts.map((draft, index) => (
        <div key={draft.key} className="flex flex-wrap items-end gap-2">
          <Field label="Where" className="w-36">
            <Select
              options={PATTERNS.map(({ value, label }) => ({ value, label }))}
              value={draft.kind}
              onValueChange={(kind) => edit(draft, { kind })}
            />
          </Field>
          <Field label="Pattern" className="min-w-48 flex-1" error={errors.of(fieldOf(index))}>
            <Input
              className="font-mono"
              value={draft.pattern}
              maxLength={500}
              required
              autoComplete="off"
              placeholder={PATTERNS.find(({ value }) => value === draft.kind)?.example}
              onChange={(event) => edit(draft, { pattern: event.target.value })}
            />
          </Field>
          <span className="flex h-8 items-center gap-2">
            {count({ kind: draft.kind, pattern: draft.pattern.trim() })}
            <IconButton
              label={`Delete filter ${index + 1}`}
              icon={<Trash2 />}
              onClick={() => change(drafts.filter((each) => each !== draft))}
            />
          </span>
        </div>
      ))}
      <div className="flex gap-2">
        <Button
          icon={<Plus />}
          onClick={() => change([...drafts, { key: nextKey.current++, kind: 'message', pattern: '' }])}
        >
          Pattern
        </Button>
        <Button type="submit" variant="primary" loading={save.isPending}>
          Save filters
        </Button>
      </div>
    </form>
  );
}
