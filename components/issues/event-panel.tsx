'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ApiError } from '@/lib/http/client';
import type { EventDetail } from '@/lib/issues/issue-schema';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card, CardBody } from '../ui/card';
import { CopyButton } from '../ui/copy-button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { IconButton } from '../ui/icon-button';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';
import { TabPanel, Tabs } from '../ui/tabs';
import { EventFiles } from './event-files';
import { MissingSourceMaps } from './missing-source-maps';
import { type EventSearchParams, eventQuery } from './queries';
import { StackTrace } from './stack-trace';

// Behind the other tabs.
const Breadcrumbs = dynamic(() => import('./event-data').then((module) => module.Breadcrumbs));
const EventContext = dynamic(() => import('./event-data').then((module) => module.EventContext));
const WhyHere = dynamic(() => import('./why-here').then((module) => module.WhyHere));
const RawEvent = dynamic(() => import('./raw-event').then((module) => module.RawEvent));

const STEPS = [
  { to: 'first', label: 'First event', icon: <ChevronsLeft />, shortcut: '[' },
  { to: 'older', label: 'Older event', icon: <ChevronLeft />, shortcut: 'j' },
  { to: 'newer', label: 'Newer event', icon: <ChevronRight />, shortcut: 'k' },
  { to: 'latest', label: 'Latest event', icon: <ChevronsRight />, shortcut: ']' },
] as const;

type Tab = 'stack' | 'breadcrumbs' | 'context' | 'why' | 'raw';

export interface EventPanelProps {
  eventId: string;
  /** Which events the steps go through. */
  search: EventSearchParams;
  onEvent: (id: string) => void;
  /** Shows the latest in place of one that is not there. */
  onLatest: () => void;
}

/** One event of the issue, with steps to its neighbours. */
export function EventPanel({ eventId, search, onEvent, onLatest }: EventPanelProps) {
  const { data: event, error, refetch } = useQuery(eventQuery(eventId, search));
  const [tab, setTab] = useState<Tab>('stack');
  if (error)
    return (
      <Card>
        {error instanceof ApiError && error.status === 404 ? (
          <EmptyState action={<Button onClick={onLatest}>Show the latest event</Button>}>
            This event is not here: it is older than what is kept, or its address is incomplete.
          </EmptyState>
        ) : (
          <ErrorState title="This event could not be loaded" why={error.message} onRetry={() => void refetch()} />
        )}
      </Card>
    );
  if (!event)
    return (
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    );
  const breadcrumbs = event.breadcrumbs ?? [];
  return (
    <Card>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <h2 className="font-semibold text-sm">Event</h2>
        <span className="text-muted text-xs">
          <RelativeTime value={event.timestamp} />
        </span>
        <Badge quiet>{event.environment}</Badge>
        {event.release ? (
          <Badge quiet className="font-mono">
            {event.release}
          </Badge>
        ) : null}
        <span className="ml-auto flex items-center">
          <CopyButton
            text={`${typeof location === 'undefined' ? '' : location.origin}/issues/${event.issue_id}/events/${event.id}`}
            label="Copy a link to this event"
          />
          {STEPS.map(({ to, label, icon, shortcut }) => {
            const id = event[to];
            return (
              <IconButton
                key={to}
                label={search.filter || search.message ? `${label} that fits the filter` : label}
                size="sm"
                icon={icon}
                shortcut={[shortcut]}
                disabled={!id}
                onClick={() => id && onEvent(id)}
              />
            );
          })}
        </span>
      </header>
      <EventFiles event={event} />
      <CardBody>
        {event.trimmed.length > 0 ? (
          <p className="mb-2 text-warning-fg text-xs">Shortened on the way in: {event.trimmed.join('; ')}</p>
        ) : null}
        <Tabs<Tab>
          label="Parts of the event"
          value={tab}
          onValueChange={setTab}
          items={[
            { value: 'stack', label: 'Stack trace' },
            ...(breadcrumbs.length > 0
              ? [{ value: 'breadcrumbs' as const, label: 'Breadcrumbs', count: breadcrumbs.length }]
              : []),
            { value: 'context', label: 'Context' },
            { value: 'why', label: 'Why here?' },
            { value: 'raw', label: 'Raw' },
          ]}
        >
          <TabPanel value="stack">
            <MissingSourceMaps missing={event.missing_source_maps} />
            <EventStack event={event} />
          </TabPanel>
          <TabPanel value="breadcrumbs">
            <Breadcrumbs items={breadcrumbs} />
          </TabPanel>
          <TabPanel value="context">
            <EventContext event={event} />
          </TabPanel>
          <TabPanel value="why">
            <WhyHere grouping={event.grouping} issueId={event.issue_id} />
          </TabPanel>
          <TabPanel value="raw">
            <RawEvent event={event} />
          </TabPanel>
        </Tabs>
      </CardBody>
    </Card>
  );
}

function EventStack({ event }: { event: EventDetail }) {
  if (event.exceptions.length > 0) return <StackTrace exceptions={event.exceptions} />;
  const threads = (event.threads ?? []).filter((thread) => thread.frames.length > 0);
  if (threads.length > 0)
    return (
      <StackTrace exceptions={threads.map((thread) => ({ type: thread.name ?? 'Thread', frames: thread.frames }))} />
    );
  return <p className="text-faint text-xs">This event is a message without a stack trace.</p>;
}
