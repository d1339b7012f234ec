'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsString, useQueryState } from 'nuqs';
import { type EventTerm, formatEventFilter, parseEventFilter, toggleTerm } from '@/lib/issues/event-filter';
import { useViewer } from '../layout/viewer';
import { DossierCard } from '../learning/dossier-card';
import { FixHistory } from '../learning/fix-history';
import { SolutionPanel } from '../review/solution-panel';
import { copyText } from '../ui/copy-button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Page } from '../ui/page';
import { SkeletonRows } from '../ui/skeleton';
import { toastDone, toastError } from '../ui/toast';
import type { Deed } from './action-menus';
import { EventPanel } from './event-panel';
import { IssueChecklists } from './issue-checklists';
import { IssueFacts } from './issue-facts';
import { IssueHeader } from './issue-header';
import { issueMarkdown } from './issue-markdown';
import { IssueTrendChart } from './issue-trend-chart';
import { eventQuery, issueQuery } from './queries';
import { useIssueActions } from './use-issue-actions';
import { useListKeys } from './use-list-keys';

// What stands below the error and its fix: the server has drawn it, and it starts to work once those do.
const ActivityFeed = dynamic(() => import('./activity-feed').then((module) => module.ActivityFeed));
const EventList = dynamic(() => import('./event-list').then((module) => module.EventList));
const IssueFeedback = dynamic(() => import('./issue-feedback').then((module) => module.IssueFeedback));
const MessageValues = dynamic(() => import('./message-values').then((module) => module.MessageValues));
const RecurrenceDossier = dynamic(() => import('./recurrence-dossier').then((module) => module.RecurrenceDossier));
const SimilarIssues = dynamic(() => import('./similar-issues').then((module) => module.SimilarIssues));
const TagDistributionCard = dynamic(() => import('./tag-distribution').then((module) => module.TagDistributionCard));

/** One issue. What solves it stands right below the error: the fix is what people come for. */
export function IssueView({ issueId }: { issueId: string }) {
  const viewer = useViewer();
  const { data: issue, error, refetch } = useQuery(issueQuery(issueId));
  const [chosen, setChosen] = useQueryState('event', parseAsString.withOptions({ history: 'replace' }));
  const [message, setMessage] = useQueryState('message', parseAsString.withOptions({ history: 'replace' }));
  const [filter, setFilter] = useQueryState('filter', parseAsString.withOptions({ history: 'replace' }));
  const search = { filter: filter ?? undefined, message: message ?? undefined };
  const eventId = chosen ?? issue?.latest_event ?? null;
  const { data: event } = useQuery({ ...eventQuery(eventId ?? '', search), enabled: eventId !== null });
  const { apply, busy } = useIssueActions();

  const act = (deed: Deed) => {
    if (viewer.can('write') && issue) apply({ ...deed, ids: [issue.id] });
  };
  const showList = () => document.getElementById('events')?.scrollIntoView({ block: 'nearest' });
  const showEvents = async (pattern: string) => {
    await setMessage(pattern);
    showList();
  };
  const parsed = parseEventFilter(filter ?? '');
  const toggle = async (term: EventTerm) => {
    await setFilter(formatEventFilter(toggleTerm(parsed, term)) || null);
    showList();
  };
  const step = (id: string | null | undefined) => {
    if (id) void setChosen(id);
  };
  useListKeys({
    j: () => step(event?.older),
    k: () => step(event?.newer),
    '[': () => step(event?.first),
    ']': () => step(event?.latest),
    f: () => document.getElementById('event-filter')?.focus(),
    c: () => {
      if (!issue) return;
      copyText(issueMarkdown(issue, event, location.origin)).then(
        () => toastDone('Copied as Markdown'),
        (cause) => toastError(cause, 'Not copied'),
      );
    },
    e: () => act({ action: 'resolve', resolve_in: 'now' }),
    m: () => act({ action: 'mute', mute: { kind: 'forever' } }),
    a: () => {
      if (viewer.id) act({ action: 'assign', assignee: viewer.id });
    },
  });

  if (error)
    return (
      <Page>
        <ErrorState title="This issue could not be loaded" why={error.message} onRetry={() => void refetch()} />
      </Page>
    );
  if (!issue)
    return (
      <Page>
        <SkeletonRows rows={10} />
      </Page>
    );
  return (
    <Page>
      <IssueHeader issue={issue} event={event} busy={busy} onDeed={act} />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="min-w-0 space-y-4">
          <DossierCard issueId={issue.id} />
          <SolutionPanel issueId={issue.id} />
          <IssueChecklists issueId={issue.id} />
          {eventId ? (
            <EventPanel eventId={eventId} search={search} onEvent={step} onLatest={() => void setChosen(null)} />
          ) : (
            <EmptyState>Its events are older than what is kept.</EmptyState>
          )}
          <IssueFeedback issueId={issue.id} onEvent={step} />
          {eventId ? (
            <EventList
              issue={issue}
              search={search}
              onFilter={(next) => void setFilter(next || null)}
              onAllMessages={() => void setMessage(null)}
              current={eventId}
              onEvent={step}
            />
          ) : null}
          <ActivityFeed issueId={issue.id} />
        </div>
        <aside className="min-w-0 space-y-4">
          <IssueFacts issue={issue} />
          <FixHistory issueId={issue.id} />
          <RecurrenceDossier recurrence={issue.recurrence} />
          <IssueTrendChart issueId={issue.id} level={issue.level} />
          <MessageValues issueId={issue.id} onValue={(pattern) => void showEvents(pattern)} />
          <SimilarIssues issue={issue} />
          <TagDistributionCard issueId={issue.id} filter={parsed} onTerm={(term) => void toggle(term)} />
        </aside>
      </div>
    </Page>
  );
}
