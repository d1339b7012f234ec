'use client';

import { Library, ListChecks, Plus, SlidersHorizontal, Upload } from 'lucide-react';
import type { EntryFacets } from '@/lib/knowledge/entry-input-schema';
import type { EntrySummary } from '@/lib/knowledge/entry-schema';
import { Can } from '../layout/viewer';
import { Button, ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page, PageHeader } from '../ui/page';
import { CursorPagination } from '../ui/pagination';
import { Sheet } from '../ui/sheet';
import { EntryTable } from './entry-table';
import { FacetPanel } from './facet-panel';
import { filterCount, type ListState, listAddress } from './list-address';
import { ListSearch } from './list-search';

export interface KnowledgeListViewProps {
  entries: EntrySummary[];
  nextCursor: string | null;
  facets: EntryFacets;
  state: ListState;
}

/** All entries: search, facets, table. Every state of it has an address. */
export function KnowledgeListView({ entries, nextCursor, facets, state }: KnowledgeListViewProps) {
  const narrowed = filterCount(state) > 0 || Boolean(state.q);
  const nothingYet = entries.length === 0 && !narrowed && !state.cursor;
  return (
    <Page>
      <PageHeader
        title="Knowledge"
        description="Known errors and what to do about them."
        actions={
          <>
            <ButtonLink href="/knowledge/prevention" variant="ghost" icon={<ListChecks />}>
              Prevention
            </ButtonLink>
            <Can scope="write">
              <ButtonLink href="/knowledge/import" icon={<Upload />}>
                Import
              </ButtonLink>
              <ButtonLink href="/knowledge/new" variant="primary" icon={<Plus />}>
                New entry
              </ButtonLink>
            </Can>
          </>
        }
      />
      {nothingYet ? (
        <EmptyState
          icon={<Library />}
          action={
            <Can scope="write">
              <ButtonLink href="/knowledge/import" icon={<Upload />}>
                Import your Markdown
              </ButtonLink>
            </Can>
          }
        >
          No error is known here yet. Bring the documents your team keeps, or write the first entry.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[200px_minmax(0,1fr)]">
          <aside className="hidden lg:block">
            <FacetPanel facets={facets} state={state} />
          </aside>
          <div className="min-w-0">
            <div className="mb-3 flex items-center gap-2">
              <ListSearch state={state} />
              <Sheet
                side="left"
                title="Filters"
                trigger={
                  <Button className="lg:hidden" icon={<SlidersHorizontal />}>
                    Filters{filterCount(state) > 0 ? ` (${filterCount(state)})` : ''}
                  </Button>
                }
              >
                <div className="p-3">
                  <FacetPanel facets={facets} state={state} />
                </div>
              </Sheet>
            </div>
            {entries.length === 0 ? (
              <EmptyState action={<ButtonLink href="/knowledge">Clear the filters</ButtonLink>}>
                No entry matches. Try fewer words or another filter.
              </EmptyState>
            ) : (
              <EntryTable entries={entries} state={state} />
            )}
            <CursorPagination
              nextHref={nextCursor ? listAddress(state, { cursor: nextCursor }) : null}
              firstHref={state.cursor ? listAddress(state) : null}
            >
              {facets.total} {facets.total === 1 ? 'entry' : 'entries'}
            </CursorPagination>
          </div>
        </div>
      )}
    </Page>
  );
}
