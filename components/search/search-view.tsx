'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import { useListKeys } from '../issues/use-list-keys';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Page, PageHeader } from '../ui/page';
import { SkeletonRows } from '../ui/skeleton';
import { Spinner } from '../ui/spinner';
import { Textarea } from '../ui/textarea';
import { ViewMenu } from '../views/view-menu';
import { KnownFixCard } from './known-fix-card';
import { searchQuery } from './queries';
import { SearchFacets } from './search-facets';
import { SearchHitRow } from './search-hit-row';
import { SearchStart } from './search-start';
import { rememberSearch } from './use-recent-searches';

const PAUSE_MS = 250;
/** An address longer than this is refused by some proxies. */
const LONGEST = 6000;

const parsers = {
  q: parseAsString.withDefault(''),
  kind: parseAsString,
  status: parseAsString,
  service: parseAsString,
  category: parseAsString,
};
const NO_FILTERS = { kind: null, status: null, service: null, category: null };

/** One box for everything: words, an id, or a whole stack trace. */
export function SearchView() {
  const router = useRouter();
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const [text, setText] = useState(state.q);
  // A saved search changes the address beside the box.
  const [shown, setShown] = useState(state.q);
  if (shown !== state.q) {
    setShown(state.q);
    if (text.trim().slice(0, LONGEST) !== state.q) setText(state.q);
  }
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLTextAreaElement>(null);
  const found = useInfiniteQuery(searchQuery(state));
  const first = found.data?.pages[0];
  const hits = found.data?.pages.flatMap((page) => page.data) ?? [];
  const answer = hits[0]?.match ? hits[0] : null;
  const listed = answer ? hits.slice(1) : hits;

  useEffect(() => {
    if (text.trim().slice(0, LONGEST) === state.q) return;
    const timer = setTimeout(() => {
      setActive(-1);
      void setState({ q: text.trim().slice(0, LONGEST), ...NO_FILTERS });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, state.q, setState]);

  const move = (step: number) => setActive(Math.max(0, Math.min(listed.length - 1, active + step)));
  const open = () => {
    const hit = listed[active] ?? hits[0];
    if (!hit) return;
    rememberSearch(state.q);
    router.push(hit.url);
  };
  useListKeys({ j: () => move(1), k: () => move(-1), enter: open });

  const asks = state.q !== '';
  return (
    <Page>
      <PageHeader title="Search" actions={<ViewMenu page="search" path="/search" />} />
      <div className="relative mb-5">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-faint" />
        <Textarea
          ref={box}
          data-page-search
          autoFocus
          aria-label="Search everything"
          placeholder="Words, an id, or a whole stack trace"
          rows={Math.min(8, text.split('\n').length)}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault();
              open();
            } else if (event.key === 'ArrowDown' && !text.includes('\n')) {
              event.preventDefault();
              move(1);
            } else if (event.key === 'ArrowUp' && !text.includes('\n')) {
              event.preventDefault();
              move(-1);
            } else if (event.key === 'Escape') event.currentTarget.blur();
          }}
          className="min-h-9 resize-none py-2 pr-9 pl-9"
        />
        {found.isFetching && asks ? <Spinner className="absolute top-2.5 right-3" /> : null}
      </div>
      {!asks ? (
        <SearchStart
          onSearch={(search) => {
            setText(search);
            void setState({ q: search, ...NO_FILTERS });
          }}
        />
      ) : found.isPending ? (
        <SkeletonRows rows={8} />
      ) : found.isError ? (
        <ErrorState title="The search failed" why={found.error.message} onRetry={() => void found.refetch()} />
      ) : (
        <>
          {answer?.match ? <KnownFixCard hit={answer} match={answer.match} /> : null}
          {hits.length === 0 ? (
            <Nothing
              filtered={Object.values({ ...state, q: null }).some(Boolean)}
              onClear={() => void setState(NO_FILTERS)}
            />
          ) : (
            <div className="grid items-start gap-6 lg:grid-cols-[200px_minmax(0,1fr)]">
              <aside className="hidden lg:block">
                {first ? (
                  <SearchFacets
                    facets={first.facets}
                    state={state}
                    onChange={(change) => {
                      setActive(-1);
                      void setState(change);
                    }}
                  />
                ) : null}
              </aside>
              {listed.length > 0 ? (
                <section aria-label="Results" className="min-w-0">
                  <p aria-live="polite" className="mb-2 text-faint text-xs tabular-nums">
                    {first?.total} {first?.total === 1 ? 'result' : 'results'}
                  </p>
                  <Card>
                    <ul className="divide-y divide-line" onClickCapture={() => rememberSearch(state.q)}>
                      {listed.map((hit, index) => (
                        <li key={`${hit.kind} ${hit.id}`}>
                          <SearchHitRow hit={hit} active={index === active} />
                        </li>
                      ))}
                    </ul>
                  </Card>
                  {found.hasNextPage ? (
                    <div className="flex justify-center pt-3">
                      <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                        Load more
                      </Button>
                    </div>
                  ) : null}
                </section>
              ) : null}
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <EmptyState icon={<Search />} action={filtered ? <Button onClick={onClear}>Clear the filters</Button> : undefined}>
      {filtered ? 'Nothing here with these filters.' : 'Nothing is known about this. Try fewer or other words.'}
    </EmptyState>
  );
}
