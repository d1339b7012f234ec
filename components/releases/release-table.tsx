'use client';

import Link from 'next/link';
import type { Release } from '@/lib/analytics/release-schema';
import { useFilterSearch } from '../layout/use-filters';
import { formatPercent } from '../ui/format';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { releasePath } from './crash-free';
import { CrashFreeRate } from './crash-free-rate';

/** Releases in rows, the newest first. */
export function ReleaseTable({ releases }: { releases: readonly Release[] }) {
  const search = useFilterSearch();
  return (
    <Table>
      <TableHeader>
        <HeaderCell className="w-full">Release</HeaderCell>
        <HeaderCell align="right">Crash-free</HeaderCell>
        <HeaderCell align="right" className="hidden sm:table-cell">
          Adoption
        </HeaderCell>
        <HeaderCell align="right" className="hidden md:table-cell">
          Sessions
        </HeaderCell>
        <HeaderCell align="right">New issues</HeaderCell>
        <HeaderCell align="right" className="hidden md:table-cell">
          Events
        </HeaderCell>
        <HeaderCell align="right" className="hidden lg:table-cell">
          First event
        </HeaderCell>
        <HeaderCell align="right" className="hidden sm:table-cell">
          Last event
        </HeaderCell>
      </TableHeader>
      <tbody>
        {releases.map((release) => (
          <Row key={`${release.project} ${release.version}`}>
            <Cell className="min-w-36 max-w-0">
              <Link
                href={releasePath(release, search)}
                className="block truncate font-medium font-mono text-xs hover:text-accent-fg"
                title={release.version}
              >
                {release.version}
              </Link>
              <span className="block truncate text-2xs text-faint">{release.project}</span>
            </Cell>
            <Cell align="right" className="whitespace-nowrap">
              <CrashFreeRate rate={release.crash_free_rate} />
            </Cell>
            <Cell align="right" className="hidden text-muted tabular-nums sm:table-cell">
              {release.adoption === null ? <span className="text-faint">–</span> : formatPercent(release.adoption)}
            </Cell>
            <Cell align="right" className="hidden tabular-nums md:table-cell">
              <ShortNumber value={release.sessions.started} />
            </Cell>
            <Cell align="right" className="tabular-nums">
              <ShortNumber value={release.new_issues} />
            </Cell>
            <Cell align="right" className="hidden tabular-nums md:table-cell">
              <ShortNumber value={release.events} />
            </Cell>
            <Cell align="right" className="hidden whitespace-nowrap text-muted text-xs lg:table-cell">
              <RelativeTime value={release.first_event} />
            </Cell>
            <Cell align="right" className="hidden whitespace-nowrap text-muted text-xs sm:table-cell">
              <RelativeTime value={release.last_event} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
