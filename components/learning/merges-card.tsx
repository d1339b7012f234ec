'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Merge, X } from 'lucide-react';
import Link from 'next/link';
import type { EntryMerge } from '@/lib/learning/merge-schema';
import { TrackRecordLine } from '../knowledge/track-record-line';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { Card, SectionHeader } from '../ui/card';
import { formatPercent } from '../ui/format';
import { toastDone, toastError } from '../ui/toast';
import { learningApi, mergesQuery } from './queries';

/** Entries that say the same, and the two answers to that. Nothing where there are none. */
export function MergesCard() {
  const viewer = useViewer();
  const client = useQueryClient();
  const { data } = useQuery(mergesQuery);
  const decide = useMutation({
    mutationFn: ({ merge, decision }: { merge: EntryMerge; decision: 'accept' | 'reject' }) =>
      learningApi.decideMerge(merge.id, decision),
    onSuccess: (merge) =>
      toastDone(
        merge.status === 'accepted' ? `${merge.drop.id} went into ${merge.keep.id}` : 'They are not proposed again',
      ),
    onError: (error) => toastError(error, 'The merge could not be decided'),
    onSettled: () => Promise.all(['learning', 'knowledge'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  const merges = data?.data ?? [];
  if (merges.length === 0) return null;
  return (
    <Card>
      <SectionHeader
        className="border-line border-b"
        title="Entries that say the same"
        meta={merges.length}
        description="Merging adds what only one says to the other, and retires it"
      />
      <ul className="divide-y divide-line">
        {merges.map((merge) => (
          <li key={merge.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
            <div className="min-w-0 flex-1 basis-72 space-y-1 text-sm">
              <Side side={merge.keep} />
              <Side side={merge.drop} />
              <p className="line-clamp-2 text-faint text-xs">
                {formatPercent(merge.score)} alike
                {merge.shared.length > 0 ? ` · both say: ${merge.shared.join(' · ')}` : ''}
              </p>
            </div>
            {viewer.can('review') ? (
              <div className="flex gap-2">
                <Button
                  size="sm"
                  icon={<Merge />}
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ merge, decision: 'accept' })}
                >
                  Merge into {merge.keep.id}
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  icon={<X />}
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ merge, decision: 'reject' })}
                >
                  Keep apart
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Side({ side }: { side: EntryMerge['keep'] }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Link href={`/knowledge/${side.id}`} className="min-w-0 truncate hover:underline">
        <span className="mr-1.5 font-mono text-faint text-xs">{side.id}</span>
        {side.title}
      </Link>
      <span className="text-xs">
        <TrackRecordLine record={side.track_record} none="never applied" />
      </span>
    </p>
  );
}
