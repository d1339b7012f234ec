import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/http/client';
import type { Notification, NotificationPreferences } from '@/lib/notifications/notification-schema';

const path = '/api/v1/notifications';
const POLL_MS = 60_000;
const SHOWN = 30;

export interface Inbox {
  data: Notification[];
  next_cursor: string | null;
  unread: number;
}

/** One's own notifications, asked for again each minute and when one comes back to the window. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications', 'list'],
  queryFn: ({ signal }) => api.get<Inbox>(path, { limit: SHOWN }, signal),
  refetchInterval: POLL_MS,
  refetchOnWindowFocus: true,
});

export const notificationPreferencesQuery = queryOptions({
  queryKey: ['notifications', 'preferences'],
  queryFn: ({ signal }) => api.get<NotificationPreferences>(`${path}/preferences`, {}, signal),
});

/** Writes; each rejects with `ApiError`. */
export const notificationsApi = {
  /** Without ids: all. */
  markRead: (ids?: readonly string[]) => api.post<{ unread: number }>(`${path}/read`, ids ? { ids } : {}),
  prefer: (preferences: NotificationPreferences) =>
    api.put<NotificationPreferences>(`${path}/preferences`, preferences),
};
