'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  AtSign,
  Bell,
  CheckCheck,
  CircleAlert,
  CircleUser,
  type LucideIcon,
  MessageSquareText,
  RotateCcw,
  Upload,
} from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Notification } from '@/lib/notifications/notification-schema';
import type { NotificationKind } from '@/lib/notifications/notification-words';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Popover } from '../ui/popover';
import { RelativeTime } from '../ui/relative-time';
import { toastError } from '../ui/toast';
import { type Inbox, notificationsApi, notificationsQuery } from './queries';

const ICONS: Record<NotificationKind, LucideIcon> = {
  review_requested: CircleAlert,
  changes_requested: MessageSquareText,
  entry_published: Upload,
  fix_recurred: RotateCcw,
  issue_assigned: CircleUser,
  mention: AtSign,
};
const MOST = 99;

/** What happened that concerns one: a count of the unread, the list, and the way there. */
export function NotificationBell() {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const { data, isError } = useQuery(notificationsQuery);
  const read = useMutation({
    mutationFn: (ids?: string[]) => notificationsApi.markRead(ids),
    onMutate: (ids) => {
      client.setQueryData<Inbox>(notificationsQuery.queryKey, (now) => now && asRead(now, ids));
    },
    onError: (error) => toastError(error),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  });
  const unread = data?.unread ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-[min(24rem,calc(100vw-1rem))] p-0"
      trigger={
        <button
          type="button"
          aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
          className="relative ml-1 flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
        >
          <Bell aria-hidden className="size-4" />
          {unread > 0 ? (
            <span
              aria-hidden
              className="absolute -top-0.5 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[10px] text-on-accent leading-4 tabular-nums"
            >
              {unread > MOST ? `${MOST}+` : unread}
            </span>
          ) : null}
        </button>
      }
    >
      <header className="flex h-10 items-center justify-between border-line border-b px-3">
        <h2 className="font-semibold text-sm">Notifications</h2>
        {unread > 0 ? (
          <Button size="sm" variant="ghost" icon={<CheckCheck />} onClick={() => read.mutate(undefined)}>
            Mark all read
          </Button>
        ) : null}
      </header>
      <ul className="max-h-[60vh] divide-y divide-line overflow-y-auto">
        {data?.data.map((one) => (
          <li key={one.id}>
            <Row
              notification={one}
              onOpen={() => {
                setOpen(false);
                if (!one.read) read.mutate([one.id]);
              }}
            />
          </li>
        ))}
      </ul>
      {data?.data.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted text-sm">Nothing has happened that concerns you.</p>
      ) : null}
      {isError && !data ? (
        <p className="px-3 py-6 text-center text-muted text-sm">The notifications could not be loaded.</p>
      ) : null}
      <footer className="border-line border-t px-3 py-2 text-right">
        <Link
          href="/settings/account#notifications"
          onClick={() => setOpen(false)}
          className="text-accent-fg text-xs hover:underline"
        >
          Choose what you are told
        </Link>
      </footer>
    </Popover>
  );
}

function Row({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const { kind, title, detail, href, created_at, read } = notification;
  const Icon = ICONS[kind];
  return (
    <Link href={href} onClick={onOpen} className="flex gap-2.5 px-3 py-2.5 hover:bg-hover">
      <Icon
        aria-hidden
        className={cn('mt-0.5 size-4 shrink-0', kind === 'fix_recurred' ? 'text-critical-fg' : 'text-faint')}
      />
      <span className="min-w-0 flex-1">
        <span className={cn('block break-words text-sm', read ? 'text-muted' : 'font-medium')}>{title}</span>
        {detail ? <span className="line-clamp-2 break-words text-muted text-xs">{detail}</span> : null}
        <RelativeTime value={created_at} className="text-faint text-xs" />
      </span>
      {read ? null : (
        <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
          <span className="sr-only">unread</span>
        </span>
      )}
    </Link>
  );
}

function asRead(inbox: Inbox, ids: readonly string[] | undefined): Inbox {
  const isMeant = (one: Notification) => !one.read && (ids === undefined || ids.includes(one.id));
  const changed = inbox.data.filter(isMeant).length;
  return {
    ...inbox,
    data: inbox.data.map((one) => (isMeant(one) ? { ...one, read: true } : one)),
    unread: ids === undefined ? 0 : Math.max(0, inbox.unread - changed),
  };
}
