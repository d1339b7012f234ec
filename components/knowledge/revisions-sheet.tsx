'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { EMPTY_CONTENT } from '@/lib/knowledge/entry-content';
import type { RevisionSummary } from '@/lib/knowledge/entry-input-schema';
import type { Entry } from '@/lib/knowledge/entry-schema';
import { Can } from '../layout/viewer';
import { Button } from '../ui/button';
import { ErrorState } from '../ui/error-state';
import { RelativeTime } from '../ui/relative-time';
import { Segmented } from '../ui/segmented';
import { Sheet } from '../ui/sheet';
import { Skeleton, SkeletonRows } from '../ui/skeleton';
import { toastDone, toastError } from '../ui/toast';
import { ContentDiff, type DiffLayout } from './content-diff';
import { entryQuery, knowledgeApi, revisionQuery, revisionsQuery } from './queries';

const ACTION_WORDS: Record<string, string> = {
  edited: 'Edited',
  imported: 'Imported',
  learned: 'Learned',
  restored: 'Restored',
  submitted: 'Submitted for review',
  published: 'Published',
  rejected: 'Sent back to draft',
  retired: 'Retired',
  verified: 'Verified',
  prevention: 'Prevention',
};

/** Who changed what, when and why; any revision compared with the one before or with now, and restored. */
export function RevisionsSheet({
  entry,
  open,
  onOpenChange,
}: {
  entry: Entry;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { data, error, refetch } = useQuery({ ...revisionsQuery(entry.id), enabled: open });
  const [shown, setShown] = useState<number | null>(null);
  const [layout, setLayout] = useState<DiffLayout>('inline');
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Revisions"
      className={layout === 'side' ? 'w-[min(72rem,calc(100vw-3rem))]' : 'w-[min(42rem,calc(100vw-3rem))]'}
    >
      {error ? (
        <ErrorState title="The revisions could not be loaded" why={error.message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={5} />
      ) : (
        <ol className="overflow-y-auto">
          <li className="flex justify-end border-line border-b px-4 py-2">
            <Segmented
              size="sm"
              label="How changes are shown"
              value={layout}
              onValueChange={setLayout}
              options={[
                { value: 'inline', label: 'Inline' },
                { value: 'side', label: 'Side by side' },
              ]}
            />
          </li>
          {data.data.map((revision, index) => (
            <li key={revision.version} className="border-line border-b">
              <button
                type="button"
                aria-expanded={shown === revision.version}
                onClick={() => setShown(shown === revision.version ? null : revision.version)}
                className="flex w-full items-baseline gap-3 px-4 py-2.5 text-left hover:bg-hover"
              >
                <span className="w-7 shrink-0 font-mono text-faint text-xs">{revision.version}</span>
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{ACTION_WORDS[revision.action] ?? revision.action}</span>
                  <span className="text-muted"> by {revision.author}</span>
                  {revision.reason ? <span className="block text-muted text-xs">{revision.reason}</span> : null}
                </span>
                <RelativeTime value={revision.created_at} className="shrink-0 text-faint text-xs" />
              </button>
              {shown === revision.version ? (
                <RevisionDetail
                  entry={entry}
                  revision={revision}
                  before={data.data[index + 1]?.version ?? null}
                  layout={layout}
                />
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  );
}

function RevisionDetail({
  entry,
  revision,
  before,
  layout,
}: {
  entry: Entry;
  revision: RevisionSummary;
  before: number | null;
  layout: DiffLayout;
}) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const isCurrent = revision.version === entry.version;
  const [against, setAgainst] = useState<'before' | 'now'>('before');
  const it = useQuery(revisionQuery(entry.id, revision.version));
  const previous = useQuery({ ...revisionQuery(entry.id, before ?? 0), enabled: before !== null });
  const restore = useMutation({
    mutationFn: () => knowledgeApi.restore(entry.id, revision.version, entry.version),
    onSuccess: (saved) => {
      queryClient.setQueryData(entryQuery(entry.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: entryQuery(entry.id).queryKey });
      router.refresh();
      toastDone(`Revision ${revision.version} is back`);
    },
    onError: (error) => toastError(error),
  });
  const earlier = before === null ? EMPTY_CONTENT : previous.data?.content;
  return (
    <div className="flex flex-col gap-3 px-4 pb-4">
      {isCurrent ? null : (
        <div className="flex items-center justify-between gap-2">
          <Segmented
            size="sm"
            label="Compare with"
            value={against}
            onValueChange={setAgainst}
            options={[
              { value: 'before', label: 'What it changed' },
              { value: 'now', label: 'Since then' },
            ]}
          />
          <Can scope="write">
            <Button size="sm" icon={<RotateCcw />} loading={restore.isPending} onClick={() => restore.mutate()}>
              Restore
            </Button>
          </Can>
        </div>
      )}
      {!it.data || !earlier ? (
        <Skeleton className="h-24 w-full" />
      ) : against === 'before' ? (
        <ContentDiff layout={layout} before={earlier} after={it.data.content} />
      ) : (
        <ContentDiff layout={layout} before={it.data.content} after={entry} />
      )}
    </div>
  );
}
