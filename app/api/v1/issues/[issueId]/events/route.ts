import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { eventSummarySchema } from '@/lib/issues/issue-schema';
import { listIssueEvents } from '@/lib/issues/list-issue-events.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/events',
  summary: 'List the events of an issue, newest first',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: pageQuerySchema.extend({
    /** Pattern of the message, `*` for anything; looked for among the latest 2,000 events. */
    message: z.string().trim().min(1).max(500).optional(),
  }),
  response: pageSchema(eventSummarySchema),
  handle: ({ viewer, params, query: { message, ...page } }) =>
    listIssueEvents({ viewer, issueId: params.issueId, page, message }),
});
