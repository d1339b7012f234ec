'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, api } from '@/lib/http/client';
import { contentOf, EMPTY_CONTENT } from '@/lib/knowledge/entry-content';
import type { EntryRevision } from '@/lib/knowledge/entry-input-schema';
import type { Entry, EntryContent } from '@/lib/knowledge/entry-schema';
import { changedFields, type EntryField } from '@/lib/knowledge/field-text';
import { mergeContent } from '@/lib/knowledge/merge-content';
import { tidyContent } from '@/lib/knowledge/tidy-content';
import type { UnsavedWords } from '@/lib/knowledge/unsaved-words';
import { Alert } from '../ui/alert';
import { Button, ButtonLink } from '../ui/button';
import { fieldErrors } from '../ui/field-errors';
import { Input } from '../ui/input';
import { Page, PageHeader } from '../ui/page';
import { Segmented } from '../ui/segmented';
import { toastDone, toastError } from '../ui/toast';
import { type Conflict, ConflictDialog } from './conflict-dialog';
import { DraftNotice, DraftStatus } from './draft-notice';
import { EntryFields } from './entry-fields';
import { EntryForm } from './entry-form';
import { LeaveGuard } from './leave-guard';
import { SplitContext } from './markdown-field';
import { flushEdits } from './pending-edits';
import { entryQuery, knowledgeApi, revisionQuery } from './queries';
import { SourceEditor } from './source-editor';
import { useDraft } from './use-draft';
import { useEntrySource } from './use-entry-source';

const BLANK: EntryContent = {
  ...EMPTY_CONTENT,
  solutions: [{ title: '', steps: '' }],
};
const FIELDS_WITH_PLACE = [
  'title',
  'symptoms',
  'root_cause',
  'category',
  'component',
  'first_seen',
  'next_review',
  'resolution_minutes',
];
const VIEWS = [
  { value: 'write', label: 'Form' },
  { value: 'split', label: 'Split' },
  { value: 'source', label: 'Markdown' },
  { value: 'preview', label: 'Preview' },
] as const;
type View = (typeof VIEWS)[number]['value'];

interface Base {
  version: number;
  content: EntryContent;
}

/** Writes a new entry, or edits one. Unsaved words survive here and on the server; a save over somebody else's is merged. */
export function EntryEditor({ entry }: { entry: Entry | null }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [base, setBase] = useState<Base>(() =>
    entry ? { version: entry.version, content: contentOf(entry) } : { version: 0, content: BLANK },
  );
  const [content, setContent] = useState(base.content);
  const [dirty, setDirty] = useState(false);
  const [formKey, setFormKey] = useState(0);
  const [view, setView] = useState<View>('write');
  const [reason, setReason] = useState('');
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const source = useEntrySource((read) => {
    setDirty(true);
    setContent(read);
  });
  // A text that cannot be read yet is kept as it is, beside the fields as they last were.
  const kept = source.problems.length > 0 ? source.text : null;
  const draft = useDraft(
    entry?.id ?? 'new',
    useMemo(
      () => (dirty || kept !== null ? { version: base.version, entry: content, source: kept } : null),
      [dirty, base, content, kept],
    ),
    BLANK,
  );

  const onField = useCallback(<F extends EntryField>(field: F, value: EntryContent[F]) => {
    setDirty(true);
    setContent((now) => ({ ...now, [field]: value }));
  }, []);

  const show = async (next: View) => {
    if (next === 'source' && source.text === null) await source.open(content);
    else if (next !== 'source' && source.text !== null) {
      if (!source.close()) return;
      setFormKey((key) => key + 1);
    }
    setView(next);
  };

  const restore = async (words: UnsavedWords) => {
    try {
      // Somebody may have saved since: then these words started from an earlier revision.
      const started: Base =
        words.version === base.version || words.version === 0 || !entry
          ? { ...base, version: words.version || base.version }
          : {
              version: words.version,
              content: ((await queryClient.fetchQuery(revisionQuery(entry.id, words.version))) satisfies EntryRevision)
                .content,
            };
      setBase(started);
      setContent(words.entry);
      setDirty(true);
      setFormKey((key) => key + 1);
      if (words.source !== null || source.text !== null) {
        await source.open(words.entry, words.source);
        setView('source');
      }
      draft.dismiss();
    } catch (failure) {
      toastError(failure, 'The unsaved words could not be brought back');
    }
  };

  const save = useMutation({
    mutationFn: ({ mine, over }: { mine: EntryContent; over: Base }) =>
      saveContent(entry?.id ?? null, mine, over, reason),
    onSuccess: (saved) => {
      setDirty(false);
      setConflict(null);
      draft.clear();
      queryClient.setQueryData(entryQuery(saved.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: entryQuery(saved.id).queryKey });
      toastDone(`Saved ${saved.id}`);
      router.push(`/knowledge/${saved.id}`);
      router.refresh();
    },
    onError: async (error, { mine, over }) => {
      if (!entry || !(error instanceof ApiError) || error.code !== 'version_conflict') return;
      try {
        const theirs = await api.get<Entry>(`/api/v1/knowledge/${entry.id}`);
        const merge = mergeContent(over.content, mine, contentOf(theirs));
        const now = { version: theirs.version, content: contentOf(theirs) };
        if (merge.conflicts.length === 0) save.mutate({ mine: merge.merged, over: now });
        else setConflict({ base: over.content, mine, theirs, merge });
      } catch (failure) {
        toastError(failure);
      }
    },
  });

  const submit = () => {
    const reading = source.read();
    if (reading?.ok === false) return;
    save.mutate({ mine: tidyContent(reading?.content ?? content), over: base });
  };
  useSaveKey(submit);
  const isConflict = save.error instanceof ApiError && save.error.code === 'version_conflict';
  const errors = fieldErrors(isConflict ? null : save.error, view === 'source' ? [] : FIELDS_WITH_PLACE);

  return (
    <Page>
      <PageHeader
        title={entry ? `Edit ${entry.id}` : 'New entry'}
        actions={
          <Segmented label="View" value={view} onValueChange={(next) => show(next).catch(toastError)} options={VIEWS} />
        }
      />
      <DraftNotice
        found={dirty ? null : draft.found}
        state={draft.state}
        onRestore={(words) => void restore(words)}
        onDiscard={draft.clear}
      />
      {errors.rest ? (
        <Alert tone="critical" className="mb-4">
          {errors.rest}
        </Alert>
      ) : null}
      {source.text === null ? (
        <div className={view === 'preview' ? 'hidden' : undefined}>
          <SplitContext value={view === 'split'}>
            <EntryForm
              key={formKey}
              entryId={entry?.id ?? null}
              content={content}
              onField={onField}
              errorOf={errors.of}
            />
          </SplitContext>
        </div>
      ) : (
        <SourceEditor
          key={`source ${formKey}`}
          value={source.text}
          onChange={source.setText}
          problems={source.problems}
        />
      )}
      {view === 'preview' ? (
        <article className="max-w-[860px]">
          <p className="mb-4 font-semibold text-lg">{content.title || 'Untitled'}</p>
          <EntryFields content={tidyContent(content)} />
        </article>
      ) : null}
      <div className="sticky bottom-0 z-10 mt-6 flex flex-wrap items-center gap-3 border-line border-t bg-canvas/92 py-3 backdrop-blur-sm">
        {entry ? (
          <Input
            aria-label="Why you changed it"
            placeholder="Why you changed it (optional)"
            className="min-w-0 flex-1 basis-48"
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : (
          <p className="min-w-0 flex-1 basis-48 text-faint text-xs">
            Saved as a draft; nobody is shown it as a fix yet.
          </p>
        )}
        <DraftStatus state={draft.state} />
        <ButtonLink href={entry ? `/knowledge/${entry.id}` : '/knowledge'}>Cancel</ButtonLink>
        <Button variant="primary" loading={save.isPending} onClick={submit} title="⌘Enter">
          {entry ? 'Save' : 'Save draft'}
        </Button>
      </div>
      <LeaveGuard when={dirty && !save.isPending} />
      {conflict ? (
        <ConflictDialog
          conflict={conflict}
          saving={save.isPending}
          onCancel={() => setConflict(null)}
          onSave={(chosen) =>
            save.mutate({
              mine: chosen,
              over: { version: conflict.theirs.version, content: contentOf(conflict.theirs) },
            })
          }
        />
      ) : null}
    </Page>
  );
}

/** Sends what differs from the base; a new entry goes whole. */
function saveContent(id: string | null, mine: EntryContent, over: Base, reason: string): Promise<Entry> {
  if (id === null) return knowledgeApi.create(mine);
  const changed = changedFields(over.content, mine).map((field) => [field, mine[field]]);
  return knowledgeApi.update(
    id,
    { ...Object.fromEntries(changed), ...(reason.trim() ? { reason } : {}) },
    over.version,
  );
}

/** ⌘Enter or Ctrl+Enter saves, also from inside the Markdown editor, which has a use of its own for it. */
function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.defaultPrevented) return;
      if ((event.target as Element).closest?.('[role="dialog"]')) return;
      event.preventDefault();
      event.stopPropagation();
      flushEdits();
      // What was handed over has to reach the state first.
      setTimeout(() => latest.current(), 0);
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, []);
}
