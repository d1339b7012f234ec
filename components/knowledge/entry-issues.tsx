'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge, type Tone } from '../ui/badge';
import { RelativeTime } from '../ui/relative-time';
import { Skeleton } from '../ui/skeleton';
import { entryIssuesQuery } from './queries';

const VERDICT_TONE: Record<string, Tone> = {
  held: 'success',
  recurred: 'error',
  watching: 'violet',
  inconclusive: 'neutral',
};

/** The issues it was applied to, each with the verdict of its latest fix. */
export function EntryIssues({ id }: { id: string }) {
  const { data, error } = useQuery(entryIssuesQuery(id));
  if (data?.data.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 font-semibold text-sm">Applied to</h2>
      {error ? <p className="text-critical-fg text-xs">{error.message}</p> : null}
      {data ? (
        <ul className="flex flex-col gap-2.5">
          {data.data.map((issue) => (
            <li key={issue.id} className="min-w-0">
              <span className="flex items-center gap-2 text-xs">
                <Link href={`/issues/${issue.id}`} className="font-mono text-accent-fg hover:underline">
                  {issue.id}
                </Link>
                <Badge tone={VERDICT_TONE[issue.verdict] ?? 'neutral'} dot>
                  {issue.verdict}
                </Badge>
                <RelativeTime value={issue.applied_at} className="ml-auto text-faint" />
              </span>
              <span className="block truncate font-mono text-muted text-xs" title={issue.title}>
                {issue.title}
              </span>
            </li>
          ))}
          {data.next_cursor ? <li className="text-faint text-xs">and more</li> : null}
        </ul>
      ) : error ? null : (
        <Skeleton className="h-10 w-full" />
      )}
    </section>
  );
}
