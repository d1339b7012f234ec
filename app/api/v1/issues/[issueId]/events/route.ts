import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { eventSearchSchema } from '@/lib/issues/event-search-schema';
import { eventSummarySchema } from '@/lib/issues/issue-schema';
import { listIssueEvents } from '@/lib/issues/list-issue-events.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/events',
  summary: 'List the events of an issue, newest first',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: pageQuerySchema.extend(eventSearchSchema.shape),
  response: pageSchema(eventSummarySchema),
  handle: ({ viewer, params, query: { message, filter, ...page } }) =>
    listIssueEvents({ viewer, issueId: params.issueId, page, message, filter }),
});
