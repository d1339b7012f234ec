import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { activitySchema } from '@/lib/issues/issue-schema';
import { listActivity } from '@/lib/issues/list-activity.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/activity',
  summary: 'List the turning points and comments of an issue, newest first',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: pageQuerySchema,
  response: pageSchema(activitySchema),
  handle: ({ viewer, params, query }) => listActivity({ viewer, issueId: params.issueId, page: query }),
});
