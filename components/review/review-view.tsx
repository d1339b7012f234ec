'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useListKeys } from '../issues/use-list-keys';
import { useSelection } from '../issues/use-selection';
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
import { EntriesInReview } from './entries-in-review';
import { type ReviewTab, suggestionsQuery } from './queries';
import { ReviewBulkBar } from './review-bulk-bar';
import { ReviewQueue } from './review-queue';
import { ReviewTime } from './review-time';
import { SuggestionDetail } from './suggestion-detail';
import { useBulkDecisions } from './use-bulk-decisions';
import { type Decision, useDecisions } from './use-decisions';

const TABS = ['pending', 'entries', 'decided'] as const;
const parsers = {
  tab: parseAsStringLiteral(TABS).withDefault('pending'),
  suggestion: parseAsString,
};

/** The review queue, and one suggestion beside it. Keys: j k to move, x to tick, a to accept, e to edit first, r to reject. */
export function ReviewView() {
  const viewer = useViewer();
  const canReview = viewer.can('review');
  const [filters] = useFilters();
  const [{ tab, suggestion: selectedId }, setState] = useQueryStates(parsers);
  const [dialog, setDialog] = useState<'edit' | 'reject' | null>(null);
  const listed: ReviewTab = tab === 'decided' ? 'decided' : 'pending';
  const list = useInfiniteQuery({ ...suggestionsQuery(listed, filters.project), enabled: tab !== 'entries' });
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
  const { decide, undo, busy: deciding } = useDecisions(onDecided);
  const selection = useSelection(suggestions.map(({ id }) => id));
  const ticked = suggestions.filter(({ id, status }) => selection.ids.has(id) && status === 'pending');
  const bulk = useBulkDecisions(selection.clear);
  const busy = deciding || bulk.busy;
  const decidable = canReview && !busy && current?.status === 'pending';
  useListKeys({
    j: () => select(suggestions[Math.min(at + 1, suggestions.length - 1)]?.id),
    k: () => select(suggestions[Math.max(at - 1, 0)]?.id),
    x: () => {
      if (canReview && tab === 'pending' && current) selection.toggle(at, false);
    },
    escape: selection.clear,
    a: () => {
      if (ticked.length > 0) {
        if (canReview && !busy) bulk.accept(ticked);
      } else if (decidable && current) decide({ kind: 'accept', suggestion: current });
    },
    e: () => {
      if (decidable) setDialog('edit');
    },
    r: () => {
      if (ticked.length > 0 ? canReview && !busy : decidable) setDialog('reject');
    },
  });

  return (
    <Page>
      <PageHeader
        title="Review"
        description="Answers that were found or drafted, busiest unanswered issue first."
        meta={<ReviewTime />}
      />
      <Tabs
        label="Review"
        value={tab}
        onValueChange={(next) => {
          selection.clear();
          void setState({ tab: next, suggestion: null });
        }}
        items={[
          { value: 'pending', label: 'Waiting', count: tab === 'pending' ? suggestions.length : undefined },
          { value: 'entries', label: 'Entries in review' },
          { value: 'decided', label: 'Decided lately' },
        ]}
      >
        <TabPanel value={tab}>
          {tab === 'entries' ? (
            <EntriesInReview />
          ) : list.isPending ? (
            <SkeletonRows rows={8} />
          ) : list.isError ? (
            <ErrorState
              title="The queue could not be loaded"
              why={list.error.message}
              onRetry={() => void list.refetch()}
            />
          ) : !current ? (
            <NothingHere tab={listed} />
          ) : (
            <>
              {ticked.length > 0 ? (
                <ReviewBulkBar
                  count={ticked.length}
                  busy={busy}
                  onAccept={() => bulk.accept(ticked)}
                  onReject={() => setDialog('reject')}
                  onClear={selection.clear}
                />
              ) : null}
              <div className="grid items-start gap-4 md:grid-cols-[320px_minmax(0,1fr)]">
                <Card
                  className={cn(
                    'max-h-[40vh] overflow-y-auto md:sticky md:top-4 md:max-h-[calc(100vh-12rem)]',
                    busy && 'opacity-70',
                  )}
                >
                  <ReviewQueue
                    suggestions={suggestions}
                    selected={current.id}
                    onSelect={select}
                    ticked={selection.ids}
                    onTick={canReview && tab === 'pending' ? selection.toggle : undefined}
                  />
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
                  onReject={(reason, note) => {
                    setDialog(null);
                    if (ticked.length > 0) bulk.reject(ticked, reason, note);
                    else decide({ kind: 'reject', suggestion: current, reason, note });
                  }}
                  onUndo={() => undo(current.id)}
                />
              </div>
            </>
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
