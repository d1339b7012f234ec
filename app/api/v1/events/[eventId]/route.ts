import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { eventSearchSchema } from '@/lib/issues/event-search-schema';
import { getEvent } from '@/lib/issues/get-event.server';
import { eventDetailSchema } from '@/lib/issues/issue-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/events/{eventId}',
  summary: 'An event, normalised and raw, and why it is in its issue',
  auth: 'read',
  params: z.object({ eventId: z.string().max(40) }),
  query: eventSearchSchema,
  response: eventDetailSchema,
  handle: ({ viewer, params, query }) => getEvent({ viewer, eventId: params.eventId, ...query }),
});
