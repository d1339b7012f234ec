'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { PreventionRow } from '@/lib/knowledge/prevention-schema';
import { useViewer } from '../layout/viewer';
import { Badge } from '../ui/badge';
import { Button, ButtonLink } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { cn } from '../ui/cn';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LateMarkdown } from '../ui/late-markdown';
import { Page, PageHeader } from '../ui/page';
import { SkeletonRows } from '../ui/skeleton';
import { TabPanel, Tabs } from '../ui/tabs';
import { toastError, toastUndo } from '../ui/toast';
import { PreventionFacts } from './entry-fields';
import { PREVENTION_STATUSES } from './prevention-filter';
import { knowledgeApi, preventionQuery } from './queries';

const parsers = {
  status: parseAsStringLiteral(PREVENTION_STATUSES).withDefault('open'),
  owner: parseAsString,
  recurred: parseAsBoolean.withDefault(false),
};

/** What was decided so that errors do not come back, and how much of it is still to be done, by whom. */
export function PreventionView() {
  const [filter, setFilter] = useQueryStates(parsers);
  const list = useInfiniteQuery(preventionQuery(filter));
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  const totals = list.data?.pages[0]?.totals;
  return (
    <Page>
      <PageHeader
        title="Prevention"
        description="What was decided so that errors do not come back, the longest overdue first."
      />
      <Tabs
        label="Prevention"
        value={filter.status}
        onValueChange={(status) => void setFilter({ status })}
        items={[
          { value: 'open', label: 'Open', count: totals?.open },
          { value: 'overdue', label: 'Overdue', count: totals?.overdue },
          { value: 'done', label: 'Done', count: totals?.done },
        ]}
      >
        <TabPanel value={filter.status}>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_220px]">
            <div className="order-2 min-w-0 lg:order-1">
              {list.isError ? (
                <ErrorState
                  title="The items could not be loaded"
                  why={list.error.message}
                  onRetry={() => void list.refetch()}
                />
              ) : list.isPending ? (
                <SkeletonRows rows={8} />
              ) : rows.length === 0 ? (
                <EmptyState icon={<ListChecks />} action={<ButtonLink href="/knowledge">See the entries</ButtonLink>}>
                  {filter.status === 'done' ? 'Nothing has been done yet.' : 'Nothing is left to be done here.'}
                </EmptyState>
              ) : (
                <ul
                  aria-label="Prevention items"
                  className="divide-y divide-line rounded-md border border-line bg-surface"
                >
                  {rows.map((row) => (
                    <Item key={`${row.entry.id} ${row.n}`} row={row} />
                  ))}
                </ul>
              )}
              {list.hasNextPage ? (
                <div className="mt-3 text-center">
                  <Button size="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    Load more
                  </Button>
                </div>
              ) : null}
            </div>
            {totals ? (
              <aside className="order-1 flex flex-col gap-4 lg:order-2">
                <Checkbox
                  label="Entries whose fix recurred"
                  hint={`${totals.recurred} open ${totals.recurred === 1 ? 'item' : 'items'}`}
                  checked={filter.recurred}
                  onCheckedChange={(on) => void setFilter({ recurred: on === true ? true : null })}
                />
                <section>
                  <h2 className="mb-1.5 font-semibold text-sm">By owner</h2>
                  <ul className="flex flex-wrap gap-1 lg:flex-col">
                    {totals.owners.map(({ owner, open, overdue }) => {
                      const value = owner || 'none';
                      const on = filter.owner === value;
                      return (
                        <li key={value}>
                          <button
                            type="button"
                            aria-pressed={on}
                            onClick={() => void setFilter({ owner: on ? null : value })}
                            className={cn(
                              'flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-sm hover:bg-hover',
                              on && 'bg-selected font-medium hover:bg-selected',
                            )}
                          >
                            <span className={cn('min-w-0 flex-1 truncate', owner === '' && 'text-muted')}>
                              {owner || 'Nobody'}
                            </span>
                            {overdue > 0 ? <span className="text-warning-fg text-xs">{overdue} overdue</span> : null}
                            <span className="text-faint text-xs tabular-nums">{open}</span>
                          </button>
                        </li>
                      );
                    })}
                  </ul>
                </section>
              </aside>
            ) : null}
          </div>
        </TabPanel>
      </Tabs>
    </Page>
  );
}

function Item({ row }: { row: PreventionRow }) {
  const { can } = useViewer();
  const client = useQueryClient();
  const tick = useMutation({
    mutationFn: ({ done }: { done: boolean; quiet?: boolean }) =>
      knowledgeApi.changePrevention(row.entry.id, row.n, { text: row.text, done }),
    onSuccess: (_, { done, quiet }) => {
      if (!quiet) toastUndo(done ? 'Done' : 'Open again', () => tick.mutate({ done: !done, quiet: true }));
    },
    onError: (error) => toastError(error, 'The item could not be changed'),
    onSettled: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  });
  return (
    <li className="flex items-start gap-3 px-3 py-2.5">
      <Checkbox
        className="mt-0.5"
        aria-label={`${row.text.split('\n')[0]}: done`}
        checked={tick.isPending ? tick.variables.done : row.done}
        disabled={!can('write') || tick.isPending}
        onCheckedChange={(done) => tick.mutate({ done: done === true })}
      />
      <div className="min-w-0 flex-1">
        <LateMarkdown>{row.text}</LateMarkdown>
        <PreventionFacts item={row} overdue={row.overdue} />
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
          <Link href={`/knowledge/${row.entry.id}`} className="min-w-0 truncate text-muted hover:underline">
            <span className="font-mono text-faint">{row.entry.id}</span> {row.entry.title}
          </Link>
          {row.entry.recurrences > 0 ? (
            <Badge tone="error" quiet>
              recurred {row.entry.recurrences === 1 ? 'once' : `${row.entry.recurrences} times`}
            </Badge>
          ) : null}
        </p>
      </div>
    </li>
  );
}
