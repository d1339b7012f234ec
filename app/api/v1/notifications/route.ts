import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { listNotifications } from '@/lib/notifications/list-notifications.server';
import { notificationSchema } from '@/lib/notifications/notification-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/notifications',
  summary: "The caller's notifications, latest first, and how many are unread",
  auth: 'read',
  query: pageQuerySchema,
  response: pageSchema(notificationSchema).extend({ unread: z.number().int() }),
  handle: ({ viewer, query }) => listNotifications({ viewer, query }),
});
