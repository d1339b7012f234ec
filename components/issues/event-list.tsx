'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Split, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { Card, SectionHeader } from '../ui/card';
import { Checkbox } from '../ui/checkbox';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';
import { EventFilterBox } from './event-filter-box';
import { eventListQuery } from './grouping-queries';
import type { EventSearchParams } from './queries';

const SplitDialog = dynamic(() => import('./split-dialog').then((module) => module.SplitDialog));

export interface EventListProps {
  issue: IssueDetail;
  search: EventSearchParams;
  onFilter: (filter: string) => void;
  /** Takes the pattern of the message off. */
  onAllMessages: () => void;
  current: string | null;
  onEvent: (id: string) => void;
}

/** The events of an issue, to step to one or to pick those that are not this issue. */
export function EventList({ issue, search, onFilter, onAllMessages, current, onEvent }: EventListProps) {
  const message = search.message ?? null;
  const canWrite = useViewer().can('write');
  const list = useInfiniteQuery(eventListQuery(issue.id, search));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [splitting, setSplitting] = useState(false);
  const events = list.data?.pages.flatMap((page) => page.data) ?? [];
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  return (
    <Card id="events">
      <SectionHeader
        title="Events"
        actions={
          canWrite && issue.events > 1 ? (
            <Button size="sm" icon={<Split />} onClick={() => setSplitting(true)}>
              {picked.size > 0 ? `Split ${picked.size} off` : 'Split'}
            </Button>
          ) : null
        }
      />
      <EventFilterBox key={search.filter} filter={search.filter ?? ''} onFilter={onFilter} />
      {message ? (
        <p className="flex items-center gap-2 px-4 pb-2 text-xs">
          <span className="text-faint">Message</span>
          <code className="min-w-0 truncate rounded-sm bg-sunken px-1.5 py-0.5" title={message}>
            {message}
          </code>
          <IconButton label="Show all events" size="sm" icon={<X />} onClick={onAllMessages} />
        </p>
      ) : null}
      {list.isPending ? (
        <SkeletonRows rows={4} />
      ) : events.length === 0 ? (
        <p className="flex flex-wrap items-center gap-2 px-4 pb-3 text-faint text-xs">
          None of the latest stored events fits.
          {search.filter ? (
            <Button size="sm" onClick={() => onFilter('')}>
              Clear the filter
            </Button>
          ) : null}
        </p>
      ) : (
        <ul className="max-h-72 overflow-y-auto pb-2">
          {events.map((event) => (
            <li
              key={event.id}
              className={`flex items-center gap-2 px-4 py-1 text-xs hover:bg-hover ${event.id === current ? 'bg-selected' : ''}`}
            >
              {canWrite ? (
                <Checkbox
                  aria-label={`Pick the event ${event.id}`}
                  checked={picked.has(event.id)}
                  onCheckedChange={() => toggle(event.id)}
                />
              ) : null}
              <button
                type="button"
                className="flex min-w-0 flex-1 items-center gap-3 text-left"
                aria-current={event.id === current}
                onClick={() => onEvent(event.id)}
              >
                <span className="min-w-0 flex-1 truncate font-mono">{event.title}</span>
                <span className="hidden shrink-0 text-faint sm:inline">{event.release ?? event.environment}</span>
                <RelativeTime className="shrink-0 text-faint" value={event.time} />
              </button>
            </li>
          ))}
          {list.hasNextPage ? (
            <li className="px-4 pt-1">
              <Button size="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show older
              </Button>
            </li>
          ) : null}
        </ul>
      )}
      {splitting ? (
        <SplitDialog
          issue={issue}
          events={[...picked]}
          message={message}
          onClose={(done) => {
            setSplitting(false);
            if (done) {
              setPicked(new Set());
              onAllMessages();
            }
          }}
        />
      ) : null}
    </Card>
  );
}
