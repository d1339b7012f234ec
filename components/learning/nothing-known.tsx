'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lightbulb, PenLine, Sparkles } from 'lucide-react';
import { useViewer } from '../layout/viewer';
import { Button, ButtonLink } from '../ui/button';
import { Card, SectionHeader } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { toastError } from '../ui/toast';
import { learningApi } from './queries';

/** "I don't know", why not, and the two ways on: let it be drafted from what people wrote, or write it. */
export function NothingKnown({ issueId }: { issueId: string }) {
  const viewer = useViewer();
  const client = useQueryClient();
  const draft = useMutation({
    mutationFn: () => learningApi.draft(issueId),
    onSuccess: ({ suggestion }) =>
      suggestion ? client.invalidateQueries({ queryKey: ['suggestions'] }) : Promise.resolve(),
    onError: (error) => toastError(error, 'Nothing was drafted'),
  });
  const why = draft.data?.suggestion === null ? draft.data.why : null;
  return (
    <Card>
      <SectionHeader title="Solution" />
      <EmptyState
        className="py-8"
        icon={<Lightbulb />}
        action={
          viewer.can('write') ? (
            <div className="flex flex-wrap justify-center gap-2">
              <ButtonLink
                href={`/knowledge/new?issue=${encodeURIComponent(issueId)}`}
                variant="primary"
                icon={<PenLine />}
              >
                Write the fix
              </ButtonLink>
              <Button
                icon={<Sparkles />}
                loading={draft.isPending}
                disabled={why !== null}
                onClick={() => draft.mutate()}
              >
                Draft from what is known
              </Button>
            </div>
          ) : undefined
        }
      >
        <span role="status">
          {why
            ? `I don't know. ${why}`
            : "I don't know: no published entry explains this error. Once the fix is written down, the next one is answered by itself."}
        </span>
      </EmptyState>
    </Card>
  );
}
