import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { markRead } from '@/lib/notifications/list-notifications.server';
import { markReadSchema } from '@/lib/notifications/notification-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/notifications/read',
  summary: 'Mark notifications as read: those named, or all',
  auth: 'read',
  body: markReadSchema,
  response: z.object({ unread: z.number().int() }),
  handle: ({ viewer, body, now }) => markRead({ viewer, ids: body.ids, now }),
});
