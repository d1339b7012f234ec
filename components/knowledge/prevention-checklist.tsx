'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Entry } from '@/lib/knowledge/entry-schema';
import { useViewer } from '../layout/viewer';
import { Checkbox } from '../ui/checkbox';
import { useNow } from '../ui/clock';
import { LateMarkdown } from '../ui/late-markdown';
import { toastError } from '../ui/toast';
import { PreventionFacts } from './entry-fields';
import { entryQuery, knowledgeApi } from './queries';

/** The prevention items of an entry, ticked off where one reads them. */
export function PreventionChecklist({ entry }: { entry: Entry }) {
  const { can } = useViewer();
  const client = useQueryClient();
  const now = useNow();
  const today = now === null ? '' : new Date(now).toISOString().slice(0, 10);
  const { queryKey } = entryQuery(entry.id);
  const tick = useMutation({
    mutationFn: ({ n, done }: { n: number; done: boolean }) =>
      knowledgeApi.changePrevention(entry.id, n, { text: entry.prevention[n]?.text ?? '', done }),
    onMutate: ({ n, done }) => {
      client.setQueryData(queryKey, {
        ...entry,
        prevention: entry.prevention.map((item, at) => (at === n ? { ...item, done } : item)),
      });
    },
    onSuccess: (saved) => client.setQueryData(queryKey, saved),
    onError: (error) => toastError(error, 'The item could not be changed'),
    onSettled: () => client.invalidateQueries({ queryKey: ['knowledge'] }),
  });
  return (
    <ul className="flex flex-col gap-1.5">
      {entry.prevention.map((item, n) => (
        <li key={`${n} ${item.text}`} className="flex items-start gap-2">
          <Checkbox
            className="mt-0.5"
            aria-label={`${item.text.split('\n')[0]}: done`}
            checked={item.done}
            disabled={!can('write')}
            onCheckedChange={(done) => tick.mutate({ n, done: done === true })}
          />
          <div className={item.done ? 'min-w-0 text-muted' : 'min-w-0'}>
            <LateMarkdown>{item.text}</LateMarkdown>
            <PreventionFacts item={item} overdue={Boolean(item.due && item.due < today)} />
          </div>
        </li>
      ))}
    </ul>
  );
}
