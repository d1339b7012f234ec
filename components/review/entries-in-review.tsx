'use client';

import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { api } from '@/lib/http/client';
import type { EntrySummary } from '@/lib/knowledge/entry-schema';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';

const SHOWN = 100;

/** Entries that were submitted, the longest waiting first. */
export function EntriesInReview() {
  const { data, error, refetch } = useQuery({
    queryKey: ['knowledge', 'in-review'],
    queryFn: ({ signal }) =>
      api.get<{ data: EntrySummary[] }>('/api/v1/knowledge', { status: 'in_review', limit: SHOWN }, signal),
  });
  if (error)
    return <ErrorState title="The entries could not be loaded" why={error.message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} />;
  if (data.data.length === 0) return <EmptyState icon={<Inbox />}>No entry waits for review.</EmptyState>;
  return (
    <ul aria-label="Entries in review" className="divide-y divide-line rounded-md border border-line bg-surface">
      {data.data.toReversed().map((entry) => (
        <li key={entry.id}>
          <Link href={`/knowledge/${entry.id}#review`} className="flex items-baseline gap-3 px-3 py-2.5 hover:bg-hover">
            <span className="shrink-0 font-mono text-faint text-xs">{entry.id}</span>
            <span className="min-w-0 flex-1 truncate">{entry.title}</span>
            <RelativeTime value={entry.updated_at} className="shrink-0 text-faint text-xs" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
