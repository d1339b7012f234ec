'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useViewer } from '../layout/viewer';
import { Button } from '../ui/button';
import { toastError } from '../ui/toast';
import { feedbackQuery, learningApi } from './queries';

/** "This fixed it" or "did not help": one voice a person, which moves the entry up or down for the next error like this. */
export function DidItHelp({ issueId, entry }: { issueId: string; entry: string }) {
  const viewer = useViewer();
  const client = useQueryClient();
  const { data } = useQuery(feedbackQuery(issueId));
  const say = useMutation({
    mutationFn: (helped: boolean | null) => learningApi.feedback(issueId, entry, helped),
    onError: (error) => toastError(error, 'It was not noted'),
    onSettled: () => Promise.all(['learning', 'issues'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  if (!viewer.can('write')) return null;
  const said = data?.data.find((one) => one.entry === entry)?.helped ?? null;
  return (
    <fieldset className="flex flex-wrap items-center gap-2" aria-label="Did it help?">
      <Button
        size="sm"
        icon={<ThumbsUp />}
        aria-pressed={said === true}
        variant={said === true ? 'secondary' : 'ghost'}
        disabled={say.isPending}
        onClick={() => say.mutate(said === true ? null : true)}
      >
        This fixed it
      </Button>
      <Button
        size="sm"
        icon={<ThumbsDown />}
        aria-pressed={said === false}
        variant={said === false ? 'secondary' : 'ghost'}
        disabled={say.isPending}
        onClick={() => say.mutate(said === false ? null : false)}
      >
        Did not help
      </Button>
      <span role="status" className="text-faint text-xs">
        {said === null ? '' : said ? 'Ranked higher from now on' : 'Ranked lower from now on'}
      </span>
    </fieldset>
  );
}
