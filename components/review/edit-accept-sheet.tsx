'use client';

import { useId, useState } from 'react';
import type { EntryContent } from '@/lib/knowledge/entry-schema';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Sheet } from '../ui/sheet';
import { Textarea } from '../ui/textarea';
import type { SuggestionEdit } from './queries';

export interface EditAcceptSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  content: EntryContent;
  loading: boolean;
  onAccept: (edit: SuggestionEdit) => void;
}

/** The words that matter, changed on the way; the rest of the entry stays as it is. */
export function EditAcceptSheet({ open, onOpenChange, content, loading, onAccept }: EditAcceptSheetProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Edit, then accept" className="w-[min(44rem,100vw)]">
      {open ? <EditForm content={content} loading={loading} onAccept={onAccept} /> : null}
    </Sheet>
  );
}

const NO_SOLUTION = { title: '', steps: '' };

function EditForm({ content, loading, onAccept }: Pick<EditAcceptSheetProps, 'content' | 'loading' | 'onAccept'>) {
  const [title, setTitle] = useState(content.title);
  const [rootCause, setRootCause] = useState(content.root_cause);
  const [solutions, setSolutions] = useState(content.solutions.length > 0 ? content.solutions : [NO_SOLUTION]);
  const formId = useId();
  const setSteps = (at: number, steps: string) =>
    setSolutions(solutions.map((solution, i) => (i === at ? { ...solution, steps } : solution)));
  return (
    <form
      id={formId}
      className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4"
      onSubmit={(event) => {
        event.preventDefault();
        onAccept({
          title: title.trim(),
          root_cause: rootCause,
          solutions: solutions.filter((solution) => solution.title || solution.steps.trim()),
        });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
      }}
    >
      <Field label="Title">
        <Input autoFocus value={title} required maxLength={500} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label="Root cause" hint="Markdown" optional>
        <Textarea mono rows={6} value={rootCause} onChange={(event) => setRootCause(event.target.value)} />
      </Field>
      {solutions.map((solution, at) => (
        <Field
          key={at}
          label={solution.title || (solutions.length > 1 ? `Solution ${at + 1}` : 'Solution')}
          hint="Markdown"
          optional
        >
          <Textarea mono rows={10} value={solution.steps} onChange={(event) => setSteps(at, event.target.value)} />
        </Field>
      ))}
      <p className="text-faint text-xs">Saved as a revision of the entry, then accepted as the fix of this issue.</p>
      <div className="flex justify-end gap-2">
        <Button type="submit" variant="primary" loading={loading} disabled={title.trim() === ''}>
          Save and accept
        </Button>
      </div>
    </form>
  );
}
