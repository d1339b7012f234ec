'use client';

import { Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import { CATEGORY_SUGGESTIONS, SEVERITIES, type Severity } from '@/lib/knowledge/entry-words';
import { type EntryField, FIELD_WORDS } from '@/lib/knowledge/field-text';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { SEVERITY_LABELS } from './entry-badges';
import { LinesField, WordsField } from './list-fields';
import { MarkdownField } from './markdown-field';
import { PreventionField } from './prevention-field';
import { SignaturesField } from './signatures-field';
import { SolutionsField } from './solutions-field';

/** Prose fields that stand aside until they are wanted. */
const OPTIONAL = ['detection', 'diagnosis', 'impact', 'validation', 'environment', 'notes'] as const;
type OptionalField = (typeof OPTIONAL)[number];

const HINTS: Partial<Record<EntryField, string>> = {
  symptoms: 'What one sees. Put error texts in code blocks.',
  detection: 'When, where and under what circumstances it shows.',
  diagnosis: 'Commands and checks that tell it from others.',
  validation: 'How the fix was proven.',
};

const SEVERITY_OPTIONS = [
  { value: 'none', label: 'Not set' },
  ...SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] })),
];

/** The first code block of the symptoms, else their first line. */
const errorTextIn = (symptoms: string): string =>
  (
    /^(?:```|~~~)[^\n]*\n([\s\S]{0,2000}?)\n(?:```|~~~)/m.exec(symptoms.slice(0, 5000))?.[1] ??
    symptoms.split('\n')[0] ??
    ''
  ).slice(0, 2000);

export interface EntryFormProps {
  /** Null for a new entry. */
  entryId: string | null;
  content: EntryContent;
  onField: <F extends EntryField>(field: F, value: EntryContent[F]) => void;
  errorOf: (field: string) => string | undefined;
}

/** All fields of an entry. Mount it anew (`key`) when the content is replaced from outside. */
export function EntryForm({ entryId, content, onField, errorOf }: EntryFormProps) {
  const [open, setOpen] = useState<ReadonlySet<OptionalField>>(
    () => new Set(OPTIONAL.filter((field) => content[field].trim() !== '')),
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_280px]">
      <div className="flex min-w-0 flex-col gap-6">
        <Field label="Title" error={errorOf('title')}>
          <Input
            value={content.title}
            onChange={(event) => onField('title', event.target.value)}
            maxLength={500}
            placeholder="What goes wrong, in one line"
            autoFocus={content.title === ''}
          />
        </Field>
        <Prose field="symptoms" content={content} onField={onField} errorOf={errorOf} />
        <Prose field="root_cause" content={content} onField={onField} errorOf={errorOf} />
        <SolutionsField value={content.solutions} onChange={(value) => onField('solutions', value)} />
        <PreventionField value={content.prevention} onChange={(value) => onField('prevention', value)} />
        {OPTIONAL.filter((field) => open.has(field)).map((field) => (
          <Prose key={field} field={field} content={content} onField={onField} errorOf={errorOf} />
        ))}
        {open.size < OPTIONAL.length ? (
          <div className="flex flex-wrap items-center gap-1.5">
            {OPTIONAL.filter((field) => !open.has(field)).map((field) => (
              <Button
                key={field}
                size="sm"
                variant="ghost"
                icon={<Plus />}
                onClick={() => setOpen(new Set([...open, field]))}
              >
                {FIELD_WORDS[field]}
              </Button>
            ))}
          </div>
        ) : null}
        <SignaturesField
          entryId={entryId}
          sample={errorTextIn(content.symptoms)}
          value={content.signatures}
          onChange={(value) => onField('signatures', value)}
        />
      </div>
      <Facts content={content} onField={onField} errorOf={errorOf} />
    </div>
  );
}

function Prose({
  field,
  content,
  onField,
  errorOf,
}: Omit<EntryFormProps, 'entryId'> & { field: 'symptoms' | 'root_cause' | OptionalField }) {
  const change = useCallback((value: string) => onField(field, value), [field, onField]);
  return (
    <MarkdownField
      label={FIELD_WORDS[field]}
      hint={HINTS[field]}
      value={content[field]}
      onChange={change}
      error={errorOf(field)}
    />
  );
}

/** What an entry is filed under. */
function Facts({ content, onField, errorOf }: Omit<EntryFormProps, 'entryId'>) {
  const categories = useMemo(
    () => CATEGORY_SUGGESTIONS.map((category) => <option key={category} value={category} />),
    [],
  );
  return (
    <div className="flex flex-col gap-4">
      <Field label="Category" error={errorOf('category')}>
        <Input
          list="categories"
          value={content.category}
          maxLength={100}
          onChange={(event) => onField('category', event.target.value)}
        />
      </Field>
      <datalist id="categories">{categories}</datalist>
      <Field label="Severity">
        <Select
          options={SEVERITY_OPTIONS}
          value={content.severity ?? 'none'}
          onValueChange={(value) => onField('severity', value === 'none' ? null : (value as Severity))}
        />
      </Field>
      <Field label="Component" hint="Service or part it happens in" error={errorOf('component')}>
        <Input
          value={content.component}
          maxLength={200}
          onChange={(event) => onField('component', event.target.value)}
        />
      </Field>
      <WordsField
        label="Tags"
        hint="Separated by commas"
        value={content.tags}
        onChange={(value) => onField('tags', value)}
      />
      <Field label="First seen" error={errorOf('first_seen')}>
        <Input
          type="date"
          value={content.first_seen ?? ''}
          onChange={(event) => onField('first_seen', event.target.value || null)}
        />
      </Field>
      <Field label="Time to resolve" hint="Minutes it took" error={errorOf('resolution_minutes')}>
        <Input
          type="number"
          min={0}
          step={1}
          value={content.resolution_minutes ?? ''}
          onChange={(event) => onField('resolution_minutes', minutes(event.target.value))}
        />
      </Field>
      <Field label="Next review" hint="Past this day it counts as stale" error={errorOf('next_review')}>
        <Input
          type="date"
          value={content.next_review ?? ''}
          onChange={(event) => onField('next_review', event.target.value || null)}
        />
      </Field>
      <LinesField
        label="Related files"
        placeholder="app/db/session.py"
        value={content.related_files}
        onChange={(value) => onField('related_files', value)}
      />
      <WordsField
        label="Related entries"
        placeholder="ERROR-007, ERROR-012"
        value={content.related_entries}
        onChange={(value) => onField('related_entries', value)}
      />
      <LinesField
        label="References"
        placeholder="https://…"
        value={content.references}
        onChange={(value) => onField('references', value)}
      />
    </div>
  );
}

const minutes = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);
