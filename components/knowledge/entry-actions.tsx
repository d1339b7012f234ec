'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Archive, CheckCheck, Ellipsis, Send, Trash2, Undo2, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import type { Scope } from '@/lib/auth/permissions';
import type { Entry } from '@/lib/knowledge/entry-schema';
import { mayStart, type StatusAction } from '@/lib/knowledge/entry-state';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Menu, MenuItem, MenuSeparator } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { entryQuery, knowledgeApi } from './queries';
import { ReasonDialog } from './reason-dialog';

interface Action {
  action: StatusAction;
  scope: Scope;
  label: string;
  icon: ReactNode;
  done: string;
  /** Asks for a reason first. */
  asks?: string;
  /** What takes it back. */
  undo?: StatusAction;
}

const ACTIONS: readonly Action[] = [
  { action: 'publish', scope: 'review', label: 'Publish', icon: <Upload />, done: 'Published', undo: 'retire' },
  { action: 'submit', scope: 'write', label: 'Submit for review', icon: <Send />, done: 'Sent to review' },
  {
    action: 'reject',
    scope: 'review',
    label: 'Send back to draft',
    icon: <Undo2 />,
    done: 'Sent back',
    asks: 'What should change before it can be published?',
  },
  { action: 'verify', scope: 'review', label: 'Verify', icon: <CheckCheck />, done: 'Verified' },
  { action: 'retire', scope: 'review', label: 'Retire', icon: <Archive />, done: 'Retired', undo: 'publish' },
];

/** What the viewer may do with the entry now: the most likely step as a button, the rest in a menu. */
export function EntryActions({ entry }: { entry: Entry }) {
  const { can } = useViewer();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<Action | null>(null);
  const [deleting, setDeleting] = useState(false);

  const act = useMutation({
    mutationFn: ({ action, reason }: { action: Action; reason?: string; quiet?: boolean }) =>
      knowledgeApi.act(entry.id, action.action, reason ? { reason } : {}),
    onSuccess: (saved, { action, quiet }) => {
      queryClient.setQueryData(entryQuery(entry.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: entryQuery(entry.id).queryKey });
      setAsking(null);
      router.refresh();
      const back =
        action.undo && entry.status === 'published' ? ACTIONS.find((each) => each.action === action.undo) : null;
      if (back && !quiet) toastUndo(`${action.done} ${entry.id}`, () => act.mutate({ action: back, quiet: true }));
      else toastDone(`${action.done} ${entry.id}`);
    },
    onError: (error) => toastError(error),
  });
  const remove = useMutation({
    mutationFn: () => knowledgeApi.remove(entry.id),
    onSuccess: () => {
      toastDone(`Deleted ${entry.id}`);
      router.push('/knowledge');
      router.refresh();
    },
    onError: (error) => toastError(error),
  });

  const open = ACTIONS.filter(({ action, scope }) => can(scope) && mayStart(action, entry.status));
  const deletable = can('write') && entry.status === 'draft' && entry.published_at === null;
  const main = open.find(({ action }) => isMain(action, entry));
  const menu = open.filter((each) => each !== main);
  if (open.length === 0 && !deletable) return null;
  const start = (action: Action) => (action.asks ? setAsking(action) : act.mutate({ action }));
  return (
    <>
      {main ? (
        <Button variant="primary" icon={main.icon} loading={act.isPending} onClick={() => start(main)}>
          {main.action === 'publish' && entry.status === 'retired' ? 'Publish again' : main.label}
        </Button>
      ) : null}
      {menu.length > 0 || deletable ? (
        <Menu trigger={<IconButton label="More actions" icon={<Ellipsis />} variant="secondary" />}>
          {menu.map((action) => (
            <MenuItem key={action.action} icon={action.icon} onSelect={() => start(action)}>
              {action.label}
            </MenuItem>
          ))}
          {deletable ? (
            <>
              {menu.length > 0 ? <MenuSeparator /> : null}
              <MenuItem icon={<Trash2 />} danger onSelect={() => setDeleting(true)}>
                Delete
              </MenuItem>
            </>
          ) : null}
        </Menu>
      ) : null}
      <ReasonDialog
        question={asking?.asks ?? ''}
        title={asking?.label ?? ''}
        open={asking !== null}
        onOpenChange={(next) => next || setAsking(null)}
        loading={act.isPending}
        onSubmit={(reason) => asking && act.mutate({ action: asking, reason })}
      />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${entry.id}?`}
        description="This draft and its revisions go for good."
        confirmLabel="Delete entry"
        loading={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}

/** The step people most likely come for. */
function isMain(action: StatusAction, { status, disputed, stale }: Entry): boolean {
  if (status === 'published') return action === 'verify' && (disputed || stale);
  return action === 'publish' || action === 'submit';
}
