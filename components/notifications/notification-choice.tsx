'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { NOTIFICATION_KINDS, NOTIFICATION_WORDS } from '@/lib/notifications/notification-words';
import { Checkbox } from '../ui/checkbox';
import { ErrorState } from '../ui/error-state';
import { SkeletonRows } from '../ui/skeleton';
import { toastError } from '../ui/toast';
import { notificationPreferencesQuery, notificationsApi } from './queries';

/** Which kinds one is told of; saved with each tick. */
export function NotificationChoice() {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(notificationPreferencesQuery);
  const { queryKey } = notificationPreferencesQuery;
  const save = useMutation({
    mutationFn: notificationsApi.prefer,
    onMutate: (next) => {
      client.setQueryData(queryKey, next);
    },
    onError: (failure) => {
      toastError(failure);
      void client.invalidateQueries({ queryKey });
    },
  });
  if (error)
    return <ErrorState title="The choice could not be loaded" why={error.message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} />;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Kinds of notification</legend>
      {NOTIFICATION_KINDS.map((kind) => (
        <Checkbox
          key={kind}
          label={NOTIFICATION_WORDS[kind].label}
          hint={NOTIFICATION_WORDS[kind].hint}
          checked={data[kind]}
          onCheckedChange={(on) => save.mutate({ ...data, [kind]: on === true })}
        />
      ))}
    </fieldset>
  );
}
