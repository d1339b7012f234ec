'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, CornerDownRight, MessageSquarePlus, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReviewThread } from '@/lib/knowledge/comment-schema';
import type { Entry } from '@/lib/knowledge/entry-schema';
import { ENTRY_FIELDS } from '@/lib/knowledge/entry-words';
import { type EntryField, FIELD_WORDS } from '@/lib/knowledge/field-text';
import { useViewer } from '../layout/viewer';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { LateMarkdown } from '../ui/late-markdown';
import { RelativeTime } from '../ui/relative-time';
import { Select } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { toastError } from '../ui/toast';
import { knowledgeApi, threadsQuery } from './queries';

const WHOLE = 'entry';
const isFilled = (value: unknown) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** What reviewers say about the entry and its fields; each thread is answered and settled by itself. */
export function ReviewThreads({
  entry,
  field,
  onField,
}: {
  entry: Entry;
  field: EntryField | null;
  onField: (field: EntryField | null) => void;
}) {
  const { can } = useViewer();
  const { data, error } = useQuery(threadsQuery(entry.id));
  const [writing, setWriting] = useState(false);
  const [body, setBody] = useState('');
  const send = useThreads(entry.id, () => {
    setBody('');
    setWriting(false);
    onField(null);
  });
  // Somebody pressed "comment" at a field.
  useEffect(() => {
    if (field !== null) setWriting(true);
  }, [field]);
  const threads = data?.data ?? [];
  const open = threads.filter((thread) => thread.resolved_at === null).length;
  if (!can('write') && threads.length === 0) return null;
  const options = [
    { value: WHOLE, label: 'The whole entry' },
    ...ENTRY_FIELDS.filter((each) => isFilled(entry[each])).map((value) => ({ value, label: FIELD_WORDS[value] })),
  ];
  return (
    <section id="review" className="scroll-mt-16 border-line border-t pt-6" aria-label="Review">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="flex items-center gap-2 font-semibold text-base">
          Review
          {open > 0 ? <Badge tone="warning">{open} open</Badge> : null}
        </h2>
        {can('write') && !writing ? (
          <Button size="sm" icon={<MessageSquarePlus />} onClick={() => setWriting(true)}>
            Comment
          </Button>
        ) : null}
      </div>
      {error ? <p className="text-critical-fg text-xs">{error.message}</p> : null}
      {writing ? (
        <form
          className="mb-4 flex flex-col gap-2 rounded-md border border-line bg-surface p-3"
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate(() => knowledgeApi.comment(entry.id, { body, field }));
          }}
        >
          <Select
            aria-label="What it is about"
            className="w-56"
            options={options}
            value={field ?? WHOLE}
            onValueChange={(next) => onField(next === WHOLE ? null : (next as EntryField))}
          />
          <Textarea
            autoFocus
            aria-label="Comment"
            placeholder="What should change, and why. @name tells somebody."
            maxLength={10_000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
            }}
          />
          <div className="flex justify-end gap-2">
            <Button
              size="sm"
              onClick={() => {
                setWriting(false);
                onField(null);
              }}
            >
              Cancel
            </Button>
            <Button size="sm" type="submit" variant="primary" disabled={body.trim() === ''} loading={send.isPending}>
              Comment
            </Button>
          </div>
        </form>
      ) : null}
      <ul className="flex flex-col gap-3">
        {threads.map((thread) => (
          <Thread key={thread.id} entryId={entry.id} thread={thread} canWrite={can('write')} />
        ))}
      </ul>
      {threads.length === 0 && !writing ? <p className="text-faint text-sm">Nobody has commented on it.</p> : null}
    </section>
  );
}

function useThreads(id: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<{ data: ReviewThread[] }>) => work(),
    onSuccess: (threads) => {
      client.setQueryData(threadsQuery(id).queryKey, threads);
      onDone();
    },
    onError: (error) => toastError(error, 'The comment could not be saved'),
  });
}

function Thread({ entryId, thread, canWrite }: { entryId: string; thread: ReviewThread; canWrite: boolean }) {
  const [answering, setAnswering] = useState(false);
  const [body, setBody] = useState('');
  const change = useThreads(entryId, () => {
    setBody('');
    setAnswering(false);
  });
  const settled = thread.resolved_at !== null;
  return (
    <li className="rounded-md border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1.5 text-xs">
        <span className="font-medium">{thread.field ? FIELD_WORDS[thread.field] : 'The whole entry'}</span>
        <span className="text-faint">on revision {thread.version}</span>
        {settled ? (
          <Badge tone="success" quiet dot>
            Settled by {thread.resolved_by}
          </Badge>
        ) : null}
        {canWrite ? (
          <span className="ml-auto flex gap-1">
            <Button size="sm" variant="ghost" icon={<CornerDownRight />} onClick={() => setAnswering(!answering)}>
              Answer
            </Button>
            <Button
              size="sm"
              variant="ghost"
              icon={settled ? <RotateCcw /> : <Check />}
              onClick={() => change.mutate(() => knowledgeApi.resolveThread(entryId, thread.id, !settled))}
            >
              {settled ? 'Open again' : 'Settle'}
            </Button>
          </span>
        ) : null}
      </header>
      {settled && !answering ? null : (
        <ul className="divide-y divide-line">
          {thread.comments.map((comment) => (
            <li key={comment.id} className="px-3 py-2 text-sm">
              <p className="mb-0.5 text-faint text-xs">
                {comment.author} · <RelativeTime value={comment.created_at} />
              </p>
              <LateMarkdown shiftHeadings={3}>{comment.body}</LateMarkdown>
            </li>
          ))}
        </ul>
      )}
      {answering ? (
        <form
          className="flex items-end gap-2 border-line border-t p-2"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(() => knowledgeApi.comment(entryId, { body, thread: thread.id }));
          }}
        >
          <Textarea
            autoFocus
            aria-label="Answer"
            className="min-h-8 flex-1"
            rows={1}
            maxLength={10_000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
          <Button size="sm" type="submit" variant="primary" disabled={body.trim() === ''} loading={change.isPending}>
            Answer
          </Button>
        </form>
      ) : null}
    </li>
  );
}
