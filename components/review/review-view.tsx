'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useListKeys } from '../issues/use-list-keys';
import { useFilters } from '../layout/use-filters';
import { useViewer } from '../layout/viewer';
import { Button, ButtonLink } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Page, PageHeader } from '../ui/page';
import { SkeletonRows } from '../ui/skeleton';
import { TabPanel, Tabs } from '../ui/tabs';
import { type ReviewTab, suggestionsQuery } from './queries';
import { ReviewQueue } from './review-queue';
import { SuggestionDetail } from './suggestion-detail';
import { type Decision, useDecisions } from './use-decisions';

const TABS = ['pending', 'decided'] as const satisfies readonly ReviewTab[];
const parsers = {
  tab: parseAsStringLiteral(TABS).withDefault('pending'),
  suggestion: parseAsString,
};

/** The review queue, and one suggestion beside it. Keys: j k to move, a to accept, e to edit first, r to reject. */
export function ReviewView() {
  const viewer = useViewer();
  const canReview = viewer.can('review');
  const [filters] = useFilters();
  const [{ tab, suggestion: selectedId }, setState] = useQueryStates(parsers);
  const [dialog, setDialog] = useState<'edit' | 'reject' | null>(null);
  const list = useInfiniteQuery(suggestionsQuery(tab, filters.project));
  const suggestions = list.data?.pages.flatMap((page) => page.data) ?? [];
  const at = Math.max(
    0,
    suggestions.findIndex((one) => one.id === selectedId),
  );
  const current = suggestions[at];

  const select = (id: string | undefined) => {
    setDialog(null);
    void setState({ suggestion: id ?? null });
  };
  const onDecided = ({ suggestion }: Decision) => {
    // On to the next issue: the other suggestions for this one went with it when it was accepted.
    const next = suggestions.slice(at + 1).find((one) => one.issue.id !== suggestion.issue.id) ?? suggestions[at + 1];
    select((next ?? suggestions[at - 1])?.id);
  };
  const { decide, undo, busy } = useDecisions(onDecided);
  const decidable = canReview && !busy && current?.status === 'pending';
  useListKeys({
    j: () => select(suggestions[Math.min(at + 1, suggestions.length - 1)]?.id),
    k: () => select(suggestions[Math.max(at - 1, 0)]?.id),
    a: () => {
      if (decidable && current) decide({ kind: 'accept', suggestion: current });
    },
    e: () => {
      if (decidable) setDialog('edit');
    },
    r: () => {
      if (decidable) setDialog('reject');
    },
  });

  return (
    <Page>
      <PageHeader title="Review" description="Answers that were found or drafted, busiest unanswered issue first." />
      <Tabs
        label="Review"
        value={tab}
        onValueChange={(next) => void setState({ tab: next, suggestion: null })}
        items={[
          { value: 'pending', label: 'Waiting', count: tab === 'pending' ? suggestions.length : undefined },
          { value: 'decided', label: 'Decided lately' },
        ]}
      >
        <TabPanel value={tab}>
          {list.isPending ? (
            <SkeletonRows rows={8} />
          ) : list.isError ? (
            <ErrorState
              title="The queue could not be loaded"
              why={list.error.message}
              onRetry={() => void list.refetch()}
            />
          ) : !current ? (
            <NothingHere tab={tab} />
          ) : (
            <div className="grid items-start gap-4 md:grid-cols-[320px_minmax(0,1fr)]">
              <Card
                className={cn(
                  'max-h-[40vh] overflow-y-auto md:sticky md:top-4 md:max-h-[calc(100vh-12rem)]',
                  busy && 'opacity-70',
                )}
              >
                <ReviewQueue suggestions={suggestions} selected={current.id} onSelect={select} />
                {list.hasNextPage ? (
                  <div className="p-2 text-center">
                    <Button size="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                      Load more
                    </Button>
                  </div>
                ) : null}
              </Card>
              <SuggestionDetail
                suggestion={current}
                canReview={canReview}
                busy={busy}
                dialog={dialog}
                onDialog={setDialog}
                onAccept={(edit) => decide({ kind: 'accept', suggestion: current, edit })}
                onReject={(reason, note) => decide({ kind: 'reject', suggestion: current, reason, note })}
                onUndo={() => undo(current.id)}
              />
            </div>
          )}
        </TabPanel>
      </Tabs>
    </Page>
  );
}

function NothingHere({ tab }: { tab: ReviewTab }) {
  if (tab === 'decided') return <EmptyState icon={<Inbox />}>Nothing has been decided yet.</EmptyState>;
  return (
    <EmptyState icon={<Inbox />} action={<ButtonLink href="/issues">See the open issues</ButtonLink>}>
      Nothing waits for review. Suggestions appear when an error looks like one that is known.
    </EmptyState>
  );
}
