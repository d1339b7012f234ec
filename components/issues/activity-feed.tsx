'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Activity } from '@/lib/issues/issue-schema';
import { useViewer } from '../layout/viewer';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { IconButton } from '../ui/icon-button';
import { LateMarkdown } from '../ui/late-markdown';
import { RelativeTime } from '../ui/relative-time';
import { toastError, toastUndo } from '../ui/toast';
import { activitySubject, activityWords } from './activity-words';
import { MentionTextarea } from './mention-textarea';
import { activityQuery, issuesApi } from './queries';

/** The history of an issue, newest first, and what people said about it. */
export function ActivityFeed({ issueId }: { issueId: string }) {
  const canWrite = useViewer().can('write');
  const list = useInfiniteQuery(activityQuery(issueId));
  const lines = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card>
      <SectionHeader title="Activity" />
      <CardBody>
        {canWrite ? <CommentForm issueId={issueId} /> : null}
        <ol className="space-y-3">
          {lines.map((line) =>
            line.kind === 'comment' ? (
              <CommentItem key={line.id} issueId={issueId} comment={line} />
            ) : (
              <li key={line.id} className="flex items-baseline gap-2 text-muted text-xs">
                <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-neutral" />
                <span className="min-w-0 flex-1">
                  <span className="font-medium text-fg">{activitySubject(line)}</span> {activityWords(line)}
                </span>
                <RelativeTime className="shrink-0 text-faint" value={line.at} />
              </li>
            ),
          )}
        </ol>
        {list.hasNextPage ? (
          <Button
            size="sm"
            className="mt-3"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show older
          </Button>
        ) : null}
      </CardBody>
    </Card>
  );
}

/** A form for a new comment or a changed one; ⌘Enter sends. */
function CommentForm({ issueId, editing, onDone }: { issueId: string; editing?: Activity; onDone?: () => void }) {
  const [body, setBody] = useState(editing?.body ?? '');
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => (editing ? issuesApi.editComment(issueId, editing.id, body) : issuesApi.comment(issueId, body)),
    onSuccess: () => {
      setBody('');
      onDone?.();
    },
    onError: (error) => toastError(error),
    onSettled: () => client.invalidateQueries({ queryKey: activityQuery(issueId).queryKey }),
  });
  return (
    <form
      className="mb-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) send.mutate();
      }}
    >
      <MentionTextarea
        aria-label={editing ? 'Change the comment' : 'Write a comment'}
        placeholder="What do you know about this error? Markdown works; @ tells somebody."
        rows={2}
        maxLength={20_000}
        value={body}
        onValueChange={setBody}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && body.trim()) send.mutate();
        }}
      />
      {body.trim() || editing ? (
        <div className="mt-2 flex justify-end gap-2">
          {editing ? (
            <Button size="sm" variant="ghost" onClick={onDone}>
              Cancel
            </Button>
          ) : null}
          <Button size="sm" type="submit" loading={send.isPending} disabled={!body.trim()}>
            {editing ? 'Save' : 'Comment'}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function CommentItem({ issueId, comment }: { issueId: string; comment: Activity }) {
  const viewer = useViewer();
  const [editing, setEditing] = useState(false);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: activityQuery(issueId).queryKey });
  const restore = useMutation({
    mutationFn: () => issuesApi.comment(issueId, comment.body ?? ''),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => issuesApi.deleteComment(issueId, comment.id),
    onSuccess: () => toastUndo('Comment deleted', () => restore.mutate()),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const isOwn = viewer.id !== null && comment.actor?.id === viewer.id && viewer.can('write');
  return (
    <li id={`comment-${comment.id.slice(1)}`} className="flex scroll-mt-16 gap-2">
      <Avatar name={comment.actor?.name ?? '?'} size="sm" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-xs">
          <span className="font-medium">{comment.actor?.name}</span>
          <RelativeTime className="text-faint" value={comment.at} />
          {comment.edited_at ? <span className="text-faint">edited</span> : null}
          {isOwn && !editing ? (
            <span className="ml-auto flex">
              <IconButton label="Change this comment" size="sm" icon={<Pencil />} onClick={() => setEditing(true)} />
              <IconButton
                label="Delete this comment"
                size="sm"
                icon={<Trash2 />}
                disabled={remove.isPending}
                onClick={() => remove.mutate()}
              />
            </span>
          ) : null}
        </p>
        {editing ? (
          <CommentForm issueId={issueId} editing={comment} onDone={() => setEditing(false)} />
        ) : (
          <LateMarkdown>{comment.body ?? ''}</LateMarkdown>
        )}
      </div>
    </li>
  );
}
