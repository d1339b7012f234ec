'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Merge, Split } from 'lucide-react';
import Link from 'next/link';
import type { IssueDetail } from '@/lib/issues/issue-schema';
import { useViewer } from '../layout/viewer';
import { Card, SectionHeader } from '../ui/card';
import { formatPercent } from '../ui/format';
import { IconButton } from '../ui/icon-button';
import { ShortNumber } from '../ui/short-number';
import { toastDone, toastError, toastUndo } from '../ui/toast';
import { StatusWord } from './issue-badges';
import { issuesApi, similarQuery } from './queries';

/** Issues that look alike, to merge; and those that were merged, to take out again. */
export function SimilarIssues({ issue }: { issue: IssueDetail }) {
  const canWrite = useViewer().can('write');
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['issues'] });
  const { data } = useQuery(similarQuery(issue.id));
  const unmerge = useMutation({
    mutationFn: (merged: string) => issuesApi.unmerge(issue.id, merged),
    onSuccess: (_, merged) => toastDone(`${merged} stands by itself again`),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const merge = useMutation({
    mutationFn: (other: string) => issuesApi.merge(issue.id, [other]),
    onSuccess: (_, other) => toastUndo(`Merged ${other} into ${issue.id}`, () => unmerge.mutate(other)),
    onError: (error) => toastError(error),
    onSettled: refresh,
  });
  const similar = data?.data ?? [];
  if (similar.length === 0 && issue.merged.length === 0) return null;
  return (
    <Card>
      {similar.length > 0 ? (
        <>
          <SectionHeader title="Similar issues" />
          <ul className="pb-2">
            {similar.map((other) => (
              <li key={other.id} className="flex items-center gap-2 px-4 py-1">
                <span className="w-9 shrink-0 text-right text-faint text-xs tabular-nums" title="How alike">
                  {formatPercent(other.score)}
                </span>
                <span className="min-w-0 flex-1 leading-tight">
                  <Link
                    href={`/issues/${other.id}`}
                    className="block truncate font-mono text-xs hover:text-accent-fg"
                    title={other.title}
                  >
                    {other.title}
                  </Link>
                  <span className="flex gap-1.5 text-2xs text-faint">
                    <span className="font-mono">{other.id}</span>
                    <StatusWord issue={other} />
                    <span>
                      <ShortNumber value={other.events} /> {other.events === 1 ? 'event' : 'events'}
                    </span>
                  </span>
                </span>
                {canWrite ? (
                  <IconButton
                    label={`Merge ${other.id} into this issue`}
                    size="sm"
                    icon={<Merge />}
                    disabled={merge.isPending}
                    onClick={() => merge.mutate(other.id)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {MERGED_PARTS.map(({ title, isSplitOff }) => {
        const parts = issue.merged.filter((part) => part.split_off === isSplitOff);
        return parts.length > 0 ? (
          <MergedParts
            key={title}
            title={title}
            parts={parts}
            onTakeOut={canWrite ? unmerge.mutate : null}
            isBusy={unmerge.isPending}
          />
        ) : null;
      })}
    </Card>
  );
}

const MERGED_PARTS = [
  { title: 'Merged into this issue', isSplitOff: false },
  { title: 'Split off and taken back', isSplitOff: true },
];

function MergedParts({
  title,
  parts,
  onTakeOut,
  isBusy,
}: {
  title: string;
  parts: IssueDetail['merged'];
  onTakeOut: ((id: string) => void) | null;
  isBusy: boolean;
}) {
  return (
    <>
      <SectionHeader title={title} level={3} />
      <ul className="pb-2">
        {parts.map((part) => (
          <li key={part.id} className="flex items-center gap-2 px-4 py-1 text-xs">
            <span className="font-mono text-faint">{part.id}</span>
            <span className="min-w-0 flex-1 truncate font-mono" title={part.title}>
              {part.title}
            </span>
            {onTakeOut ? (
              <IconButton
                label={`Take ${part.id} out again`}
                size="sm"
                icon={<Split />}
                disabled={isBusy}
                onClick={() => onTakeOut(part.id)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
