'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import type { IssueRow } from '@/lib/issues/issue-schema';
import { Sparkline } from '../charts/sparkline';
import { Avatar } from '../ui/avatar';
import { Checkbox } from '../ui/checkbox';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { Cell, HeaderCell, Row, SortHeaderCell, Table, TableHeader } from '../ui/table';
import { KnownFixBadge, LevelIcon, StatusWord } from './issue-badges';
import { IssueTitle } from './issue-title';

export interface IssueTableProps {
  issues: readonly IssueRow[];
  sort: string;
  onSort: (sort: string) => void;
  active: number;
  /** Null for people who cannot do anything with a selection. */
  selection: {
    ids: ReadonlySet<string>;
    toggle: (index: number, extend: boolean) => void;
    toggleAll: () => void;
  } | null;
}

/** One issue a row: its error text, how often and how lately, and whether its fix is known. */
export function IssueTable({ issues, sort, onSort, active, selection }: IssueTableProps) {
  const sortCell = (key: string, label: string, className: string) => (
    <SortHeaderCell
      align="right"
      className={className}
      direction={sort === key ? 'desc' : null}
      onSort={() => onSort(key)}
    >
      {label}
    </SortHeaderCell>
  );
  return (
    <Table className="table-fixed">
      <TableHeader>
        {selection ? (
          <HeaderCell className="w-10 pr-0">
            <Checkbox
              aria-label="Select all shown"
              checked={issues.length > 0 && issues.every((issue) => selection.ids.has(issue.id))}
              onCheckedChange={selection.toggleAll}
            />
          </HeaderCell>
        ) : null}
        <HeaderCell>Issue</HeaderCell>
        <HeaderCell className="hidden w-32 md:table-cell">Trend</HeaderCell>
        {sortCell('events', 'Events', 'w-20')}
        {sortCell('users', 'Users', 'hidden w-20 md:table-cell')}
        {sortCell('last_seen', 'Last seen', 'w-28 hidden sm:table-cell')}
        {sortCell('first_seen', 'First seen', 'w-28 hidden xl:table-cell')}
        <HeaderCell className="hidden w-12 md:table-cell">
          <span className="sr-only">Assignee</span>
        </HeaderCell>
      </TableHeader>
      <tbody>
        {issues.map((issue, index) => (
          <IssueTableRow key={issue.id} issue={issue} index={index} active={index === active} selection={selection} />
        ))}
      </tbody>
    </Table>
  );
}

function IssueTableRow({
  issue,
  index,
  active,
  selection,
}: {
  issue: IssueRow;
  index: number;
  active: boolean;
  selection: IssueTableProps['selection'];
}) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const selected = selection?.ids.has(issue.id) ?? false;
  return (
    <Row ref={row} selected={selected} active={active}>
      {selection ? (
        <Cell className="pr-0">
          <Checkbox
            aria-label={`Select ${issue.id}`}
            checked={selected}
            onClick={(event) => selection.toggle(index, event.shiftKey)}
          />
        </Cell>
      ) : null}
      <Cell className="min-w-0">
        <div className="flex min-w-0 items-center gap-2.5">
          <LevelIcon level={issue.level} />
          <div className="min-w-0 flex-1 leading-tight">
            <Link
              href={`/issues/${issue.id}`}
              className="block truncate rounded-sm font-mono text-xs hover:text-accent-fg"
              title={issue.title}
            >
              <IssueTitle title={issue.title} template={issue.template} />
            </Link>
            <p className="flex min-w-0 items-center gap-1.5 truncate text-2xs text-faint">
              <span className="font-mono">{issue.id}</span>
              {issue.status === 'ongoing' ? null : <StatusWord issue={issue} />}
              <span className="max-w-40 shrink-0 truncate">{issue.service}</span>
              {issue.culprit && issue.culprit !== issue.service ? (
                <span className="hidden truncate font-mono sm:inline">{issue.culprit}</span>
              ) : null}
            </p>
          </div>
          {issue.known_fix ? <KnownFixBadge fix={issue.known_fix} /> : null}
        </div>
      </Cell>
      <Cell className="hidden md:table-cell">
        <Sparkline values={issue.sparkline} label={`Events of ${issue.id}`} />
      </Cell>
      <Cell align="right" className="tabular-nums">
        <ShortNumber value={issue.events} />
      </Cell>
      <Cell align="right" className="hidden tabular-nums md:table-cell">
        {issue.users > 0 ? <ShortNumber value={issue.users} /> : <span className="text-faint">–</span>}
      </Cell>
      <Cell align="right" className="hidden whitespace-nowrap text-muted text-xs sm:table-cell">
        <RelativeTime value={issue.last_seen} />
      </Cell>
      <Cell align="right" className="hidden whitespace-nowrap text-muted text-xs xl:table-cell">
        <RelativeTime value={issue.first_seen} />
      </Cell>
      <Cell className="hidden md:table-cell">
        {issue.assignee ? <Avatar name={issue.assignee.name} size="sm" /> : null}
      </Cell>
    </Row>
  );
}
