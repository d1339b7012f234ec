'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { IssueRow } from '@/lib/issues/issue-schema';
import { useFilters } from '../layout/use-filters';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Page, PageHeader } from '../ui/page';
import { SkeletonRows } from '../ui/skeleton';
import { TabLinks } from '../ui/tabs';
import { ViewMenu } from '../views/view-menu';
import type { Deed } from './action-menus';
import { ArrivalsPill } from './arrivals-pill';
import { BulkBar } from './bulk-bar';
import { DisplayMenu } from './display-menu';
import { FacetMenus } from './facet-menus';
import { COLUMNS, DEFAULT_COLUMNS, SORTS, STATUS_TAB_VALUES, STATUS_TABS, toListParams } from './issue-list-state';
import { IssueSearchBox } from './issue-search-box';
import { IssueTable } from './issue-table';
import { facetsQuery, issuesQuery } from './queries';
import { useIssueActions } from './use-issue-actions';
import { useListKeys } from './use-list-keys';
import { useSelection } from './use-selection';

const parsers = {
  query: parseAsString.withDefault(''),
  status: parseAsStringLiteral(STATUS_TAB_VALUES).withDefault('unresolved'),
  sort: parseAsStringLiteral(SORTS).withDefault('last_seen'),
  columns: parseAsArrayOf(parseAsStringLiteral(COLUMNS)).withDefault(DEFAULT_COLUMNS),
};

/** The list of issues. Everything it shows has an address. */
export function IssuesView() {
  const viewer = useViewer();
  const router = useRouter();
  const [filters] = useFilters();
  const [own, setOwn] = useQueryStates(parsers, { history: 'push' });
  const range = filters.from ? null : filters.range;
  const state = { ...filters, ...own, range, to: filters.from ? filters.to : null };
  const list = useInfiniteQuery(issuesQuery(toListParams(state)));
  const facets = useQuery(facetsQuery(toListParams(state, false)));
  const issues: IssueRow[] = list.data?.pages.flatMap((page) => page.data) ?? [];

  const [active, setActive] = useState(-1);
  const selection = useSelection(issues.map((issue) => issue.id));
  const { apply, busy } = useIssueActions();
  const canWrite = viewer.can('write');

  const current = issues[active];
  const targets = selection.ids.size > 0 ? [...selection.ids] : current ? [current.id] : [];
  const act = (deed: Deed) => {
    if (!canWrite || targets.length === 0) return;
    apply({ ...deed, ids: targets });
    selection.clear();
  };
  const move = (step: number) => setActive(Math.min(issues.length - 1, Math.max(0, active + step)));
  useListKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      if (active >= 0 && canWrite) selection.toggle(active, false);
    },
    enter: () => {
      if (current) router.push(`/issues/${current.id}`);
    },
    o: () => {
      if (current) router.push(`/issues/${current.id}`);
    },
    e: () => act({ action: 'resolve', resolve_in: 'now' }),
    m: () => act({ action: 'mute', mute: { kind: 'forever' } }),
    a: () => {
      if (viewer.id) act({ action: 'assign', assignee: viewer.id });
    },
    escape: () => selection.clear(),
  });

  const change = (next: Partial<typeof own>) => {
    setActive(-1);
    selection.clear();
    void setOwn(next);
  };
  const counts = facets.data?.status ?? {};
  return (
    <Page>
      <PageHeader title="Issues" actions={<ViewMenu page="issues" path="/issues" />} />
      <TabLinks
        label="Status"
        className="mb-3"
        value={own.status}
        items={STATUS_TABS.map((tab) => ({
          value: tab.value,
          label: tab.label,
          count: facets.data ? tab.statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0) : undefined,
          href: addressOf({ ...state, columns: columnsOf(own.columns) }, tab.value),
        }))}
      />
      <div className="mb-3 flex flex-wrap items-start gap-2">
        <IssueSearchBox value={own.query} onSubmit={(query) => change({ query })} />
        <FacetMenus facets={facets.data} query={own.query} onQuery={(query) => change({ query })} />
        <DisplayMenu
          sort={own.sort}
          onSort={(sort) => change({ sort })}
          columns={own.columns}
          onColumns={(columns) => void setOwn({ columns })}
        />
      </div>
      {canWrite && selection.ids.size > 0 ? (
        <BulkBar count={selection.ids.size} busy={busy} onDeed={act} onClear={selection.clear} />
      ) : null}
      {list.isPending ? (
        <SkeletonRows rows={12} />
      ) : list.isError ? (
        <ErrorState
          title="The issues could not be loaded"
          why={list.error.message}
          next="Change the search, or try again."
          onRetry={() => void list.refetch()}
        />
      ) : issues.length === 0 ? (
        <EmptyState
          icon={<CircleAlert />}
          action={own.query ? <Button onClick={() => change({ query: '' })}>Clear the search</Button> : undefined}
        >
          {emptyWords(own.query, own.status)}
        </EmptyState>
      ) : (
        <>
          <ArrivalsPill
            params={toListParams(state)}
            loadedAt={list.dataUpdatedAt}
            onShow={() => {
              setActive(-1);
              void list.refetch();
              void facets.refetch();
            }}
          />
          <IssueTable
            issues={issues}
            columns={own.columns}
            sort={own.sort}
            onSort={(sort) => change({ sort: SORTS.find((each) => each === sort) ?? 'last_seen' })}
            active={active}
            selection={canWrite ? selection : null}
          />
          {list.hasNextPage ? (
            <div className="flex justify-center pt-3">
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Load more
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Page>
  );
}

/** As the address holds them; null for those shown without a choice. */
const columnsOf = (columns: readonly string[]): string | null =>
  columns.join() === DEFAULT_COLUMNS.join() ? null : columns.join();

function addressOf(state: Record<string, string | null>, status: string): string {
  const params = new URLSearchParams();
  for (const name of ['query', 'sort', 'columns', 'project', 'environment', 'range', 'from', 'to']) {
    const value = state[name];
    if (value && !(name === 'sort' && value === 'last_seen')) params.set(name, value);
  }
  // Always named: an address without filters opens the viewer's own default view.
  params.set('status', status);
  return `/issues?${params}`;
}

function emptyWords(query: string, status: string): string {
  if (query) return 'No issue matches this search in the chosen time.';
  if (status === 'unresolved') return 'Nothing is open here in the chosen time.';
  return `No ${status === 'all' ? '' : `${status} `}issues in the chosen time.`;
}
