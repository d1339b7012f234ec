'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import type { EntrySort } from '@/lib/knowledge/entry-input-schema';
import type { EntrySummary } from '@/lib/knowledge/entry-schema';
import { Badge } from '../ui/badge';
import { RelativeTime } from '../ui/relative-time';
import { Cell, HeaderCell, Row, SortHeaderCell, Table, TableHeader } from '../ui/table';
import { EntryStatusBadges, SeverityBadge } from './entry-badges';
import { type ListState, listAddress } from './list-address';
import { TrackRecordLine } from './track-record-line';

const SHOWN_TAGS = 3;

/** Entries in rows; `j`/`k` move, `Enter` opens. */
export function EntryTable({ entries, state }: { entries: EntrySummary[]; state: ListState }) {
  const router = useRouter();
  const [at, setAt] = useState(-1);
  const move = (step: number) => setAt((now) => Math.max(0, Math.min(entries.length - 1, now + step)));
  useHotkeys('j', () => move(1));
  useHotkeys('k', () => move(-1));
  useHotkeys('enter', () => {
    const entry = entries[at];
    if (entry) router.push(`/knowledge/${entry.id}`);
  });
  const sort = state.sort ?? (state.q ? 'relevance' : 'updated');
  const column = (by: EntrySort, direction: 'asc' | 'desc') => ({
    direction: sort === by ? direction : null,
    href: listAddress(state, { sort: sort === by ? undefined : by }),
  });
  return (
    <Table>
      <TableHeader>
        <SortHeaderCell {...column('id', 'asc')} className="hidden sm:table-cell">
          Id
        </SortHeaderCell>
        <SortHeaderCell {...column('title', 'asc')} className="w-full">
          Title
        </SortHeaderCell>
        <HeaderCell>Status</HeaderCell>
        <HeaderCell className="hidden md:table-cell">Category</HeaderCell>
        <HeaderCell className="hidden md:table-cell">Severity</HeaderCell>
        <HeaderCell className="hidden xl:table-cell">Track record</HeaderCell>
        <SortHeaderCell {...column('updated', 'desc')} align="right" className="hidden sm:table-cell">
          Updated
        </SortHeaderCell>
      </TableHeader>
      <tbody>
        {entries.map((entry, index) => (
          <Row key={entry.id} active={index === at}>
            <Cell className="hidden whitespace-nowrap font-mono text-faint text-xs sm:table-cell">{entry.id}</Cell>
            <Cell className="min-w-44 max-w-0 sm:min-w-56">
              <Link href={`/knowledge/${entry.id}`} className="block truncate font-medium hover:text-accent-fg">
                {entry.title}
              </Link>
              {entry.component || entry.tags.length > 0 ? (
                <span className="mt-0.5 flex gap-1 overflow-hidden">
                  {entry.component ? <Badge quiet>{entry.component}</Badge> : null}
                  {entry.tags.slice(0, SHOWN_TAGS).map((tag) => (
                    <Badge key={tag} quiet>
                      {tag}
                    </Badge>
                  ))}
                </span>
              ) : null}
            </Cell>
            <Cell>
              <EntryStatusBadges {...entry} />
            </Cell>
            <Cell className="hidden max-w-40 truncate text-muted md:table-cell">{entry.category || '–'}</Cell>
            <Cell className="hidden md:table-cell">
              <SeverityBadge severity={entry.severity} />
            </Cell>
            <Cell className="hidden whitespace-nowrap text-xs xl:table-cell">
              <TrackRecordLine record={entry.track_record} none="–" />
            </Cell>
            <Cell align="right" className="hidden whitespace-nowrap text-muted text-xs sm:table-cell">
              <RelativeTime value={entry.updated_at} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
