'use client';

import Link from 'next/link';
import { type ReactNode, useEffect, useRef } from 'react';
import type { IssueRow } from '@/lib/issues/issue-schema';
import { Sparkline } from '../charts/sparkline';
import { Avatar } from '../ui/avatar';
import { Checkbox } from '../ui/checkbox';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { Cell, HeaderCell, Row, SortHeaderCell, Table, TableHeader } from '../ui/table';
import { KnownFixBadge, LevelIcon, StatusWord } from './issue-badges';
import { COLUMN_LABELS, COLUMNS, type Column } from './issue-list-state';
import { IssueTitle } from './issue-title';

export interface IssueTableProps {
  issues: readonly IssueRow[];
  columns: readonly Column[];
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

interface ColumnLook {
  /** Width, and from which width of the window on the column is shown. */
  className: string;
  /** Null: nothing to sort by. */
  sort: string | null;
  cell: (issue: IssueRow) => ReactNode;
}

const faint = <span className="text-faint">–</span>;
const plain = (text: string | null) => <span className="block truncate text-muted text-xs">{text || faint}</span>;

const LOOKS: Record<Column, ColumnLook> = {
  service: { className: 'hidden w-32 md:table-cell', sort: null, cell: (issue) => plain(issue.service) },
  environment: { className: 'hidden w-28 md:table-cell', sort: null, cell: (issue) => plain(issue.environment) },
  release: { className: 'hidden w-28 md:table-cell', sort: null, cell: (issue) => plain(issue.last_release) },
  trend: {
    className: 'hidden w-32 md:table-cell',
    sort: 'trend',
    cell: (issue) => <Sparkline values={issue.sparkline} label={`Events of ${issue.id}`} />,
  },
  events: { className: 'w-20 tabular-nums', sort: 'events', cell: (issue) => <ShortNumber value={issue.events} /> },
  users: {
    className: 'hidden w-20 tabular-nums md:table-cell',
    sort: 'users',
    cell: (issue) => (issue.users > 0 ? <ShortNumber value={issue.users} /> : faint),
  },
  last_seen: {
    className: 'hidden w-28 whitespace-nowrap text-muted text-xs sm:table-cell',
    sort: 'last_seen',
    cell: (issue) => <RelativeTime value={issue.last_seen} />,
  },
  first_seen: {
    className: 'hidden w-28 whitespace-nowrap text-muted text-xs xl:table-cell',
    sort: 'first_seen',
    cell: (issue) => <RelativeTime value={issue.first_seen} />,
  },
  assignee: {
    className: 'hidden w-12 md:table-cell',
    sort: null,
    cell: (issue) => (issue.assignee ? <Avatar name={issue.assignee.name} size="sm" /> : null),
  },
};

const RIGHT: readonly Column[] = ['events', 'users', 'last_seen', 'first_seen'];
const alignOf = (column: Column) => (RIGHT.includes(column) ? 'right' : undefined);

/** One issue a row: its error text, how often and how lately, and whether its fix is known. */
export function IssueTable({ issues, columns, sort, onSort, active, selection }: IssueTableProps) {
  const shown = COLUMNS.filter((column) => columns.includes(column));
  const header = (column: Column) => {
    const { className, sort: key } = LOOKS[column];
    if (!key)
      return (
        <HeaderCell key={column} className={className}>
          {column === 'assignee' ? <span className="sr-only">Assignee</span> : COLUMN_LABELS[column]}
        </HeaderCell>
      );
    return (
      <SortHeaderCell
        key={column}
        align={alignOf(column)}
        className={className}
        direction={sort === key ? 'desc' : null}
        onSort={() => onSort(key)}
      >
        {COLUMN_LABELS[column]}
      </SortHeaderCell>
    );
  };
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
        {shown.map(header)}
      </TableHeader>
      <tbody>
        {issues.map((issue, index) => (
          <IssueTableRow
            key={issue.id}
            issue={issue}
            columns={shown}
            index={index}
            active={index === active}
            selection={selection}
          />
        ))}
      </tbody>
    </Table>
  );
}

function IssueTableRow({
  issue,
  columns,
  index,
  active,
  selection,
}: {
  issue: IssueRow;
  columns: readonly Column[];
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
      {columns.map((column) => (
        <Cell key={column} align={alignOf(column)} className={LOOKS[column].className}>
          {LOOKS[column].cell(issue)}
        </Cell>
      ))}
    </Row>
  );
}
