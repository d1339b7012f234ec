import { route } from '@/lib/http/route.server';
import { getNotificationPreferences, setNotificationPreferences } from '@/lib/notifications/list-notifications.server';
import { notificationPreferencesSchema } from '@/lib/notifications/notification-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/notifications/preferences',
  summary: 'Which kinds of notification the caller wants',
  auth: 'read',
  response: notificationPreferencesSchema,
  handle: ({ viewer }) => getNotificationPreferences({ viewer }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/notifications/preferences',
  summary: 'Choose which kinds of notification the caller wants',
  auth: 'read',
  body: notificationPreferencesSchema,
  response: notificationPreferencesSchema,
  handle: ({ viewer, body }) => setNotificationPreferences({ viewer, preferences: body }),
});
