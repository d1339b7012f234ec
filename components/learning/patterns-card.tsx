'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge } from '../ui/badge';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { ErrorState } from '../ui/error-state';
import { RelativeTime } from '../ui/relative-time';
import { ShortNumber } from '../ui/short-number';
import { SkeletonRows } from '../ui/skeleton';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { patternsQuery } from './queries';

/** The same failure in several issues: what is done about one is an answer to the others. */
export function PatternsCard() {
  const { data, isPending, isError, error, refetch } = useQuery(patternsQuery);
  const patterns = data?.data ?? [];
  return (
    <Card>
      <SectionHeader
        title="Patterns"
        description="The same message or the same frames in several issues, busiest first"
      />
      {isError ? (
        <ErrorState
          className="py-4"
          title="The patterns could not be loaded"
          why={error.message}
          onRetry={() => void refetch()}
        />
      ) : isPending ? (
        <CardBody>
          <SkeletonRows rows={2} />
        </CardBody>
      ) : patterns.length === 0 ? (
        <CardBody>
          <p className="text-faint text-xs">No failure is in more than one issue.</p>
        </CardBody>
      ) : (
        <Table frame={false}>
          <TableHeader>
            <HeaderCell>Pattern</HeaderCell>
            <HeaderCell>Services</HeaderCell>
            <HeaderCell>Issues</HeaderCell>
            <HeaderCell align="right">Events</HeaderCell>
            <HeaderCell>Known fix</HeaderCell>
            <HeaderCell>Last seen</HeaderCell>
          </TableHeader>
          <tbody>
            {patterns.map((pattern) => (
              <Row key={pattern.id} id={`pattern-${pattern.id}`}>
                <Cell className="max-w-80">
                  <span
                    className="block truncate font-mono text-xs"
                    title={pattern.keys.map((key) => key.value).join('\n')}
                  >
                    {pattern.title}
                  </span>
                </Cell>
                <Cell className="text-xs">{pattern.services.join(', ')}</Cell>
                <Cell className="text-xs">
                  {pattern.issues.slice(0, 3).map((issue, index) => (
                    <span key={issue.id}>
                      {index > 0 ? ', ' : ''}
                      <Link href={`/issues/${issue.id}`} className="font-mono text-accent-fg hover:underline">
                        {issue.id}
                      </Link>
                    </span>
                  ))}
                  {pattern.issue_count > 3 ? ` and ${pattern.issue_count - 3} more` : ''}
                </Cell>
                <Cell align="right" className="tabular-nums">
                  <ShortNumber value={pattern.events} />
                </Cell>
                <Cell className="text-xs">
                  {pattern.entries.length === 0 ? (
                    <Badge tone="warning">None</Badge>
                  ) : (
                    pattern.entries.map((entry) => (
                      <Link
                        key={entry}
                        href={`/knowledge/${entry}`}
                        className="mr-1 font-mono text-accent-fg hover:underline"
                      >
                        {entry}
                      </Link>
                    ))
                  )}
                </Cell>
                <Cell className="text-muted text-xs">
                  <RelativeTime value={pattern.last_seen} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
