'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import type { LearningPass } from '@/lib/learning/learning-schema';
import { useViewer } from '../layout/viewer';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Card, CardBody, SectionHeader } from '../ui/card';
import { ErrorState } from '../ui/error-state';
import { Progress } from '../ui/progress';
import { RelativeTime } from '../ui/relative-time';
import { SkeletonRows } from '../ui/skeleton';
import { toastDone, toastError } from '../ui/toast';
import { learningApi, passesQuery } from './queries';

const STATUS: Record<LearningPass['status'], { label: string; tone: Tone }> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  running: { label: 'Running', tone: 'info' },
  done: { label: 'Done', tone: 'success' },
  failed: { label: 'Failed', tone: 'critical' },
};

const STAGES: Record<NonNullable<LearningPass['progress']['stage']>, string> = {
  patterns: 'finding patterns',
  entries: 'matching changed entries',
  issues: 'matching issues',
  drafts: 'drafting',
  updates: 'looking for changes of entries',
  merges: 'comparing entries',
  verdicts: 'judging fixes',
  done: 'done',
};

/** Passes, latest first, with how far the running one is; and the button that starts one. */
export function PassesCard() {
  const viewer = useViewer();
  const client = useQueryClient();
  const { data, isPending, isError, error, refetch } = useQuery(passesQuery);
  const start = useMutation({
    mutationFn: learningApi.startPass,
    onSuccess: () => toastDone('A learning pass is on its way'),
    onError: (error) => toastError(error, 'No pass was started'),
    onSettled: () => client.invalidateQueries({ queryKey: ['learning'] }),
  });
  return (
    <Card>
      <SectionHeader
        title="Learning passes"
        description="Every five minutes when there is something new"
        actions={
          viewer.can('write') ? (
            <Button size="sm" icon={<Play />} loading={start.isPending} onClick={() => start.mutate()}>
              Run now
            </Button>
          ) : null
        }
      />
      <CardBody>
        {isError ? (
          <ErrorState
            className="py-4"
            title="The passes could not be loaded"
            why={error.message}
            onRetry={() => void refetch()}
          />
        ) : isPending ? (
          <SkeletonRows rows={2} />
        ) : data.data.length > 0 ? (
          <ul className="divide-y divide-line">
            {data.data.map((pass) => (
              <li key={pass.id} className="py-1.5 text-xs">
                <p className="flex flex-wrap items-center gap-x-2">
                  <Badge tone={STATUS[pass.status].tone} quiet dot>
                    {STATUS[pass.status].label}
                  </Badge>
                  <span className="min-w-0 flex-1 text-muted">{outcomeOf(pass)}</span>
                  <span className="text-faint">
                    <RelativeTime value={pass.started_at ?? pass.created_at} />
                  </span>
                </p>
                {pass.status === 'running' ? (
                  <Progress
                    className="mt-1"
                    label="Progress of the stage"
                    value={pass.progress.total > 0 ? pass.progress.done / pass.progress.total : null}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-faint text-xs">None yet. The first one comes with the first issue.</p>
        )}
      </CardBody>
    </Card>
  );
}

function outcomeOf({ status, progress, error }: LearningPass): string {
  if (status === 'failed') return error ?? 'failed';
  if (status === 'running') return progress.stage ? STAGES[progress.stage] : 'starting';
  if (status === 'queued') return '';
  const told = (
    [
      [progress.matched, 'issues matched'],
      [progress.suggested, 'suggested'],
      [progress.drafted, 'drafted'],
      [progress.updates, 'changes proposed'],
      [progress.merges, 'merges proposed'],
      [progress.verdicts, 'verdicts'],
    ] as const
  ).filter(([count]) => count > 0);
  return told.map(([count, what]) => `${count} ${what}`).join(' · ') || 'nothing new';
}
