import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { issueFeedbackSchema } from '@/lib/issues/issue-schema';
import { listFeedback } from '@/lib/issues/list-feedback.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/feedback',
  summary: 'What people who met the error wrote about it',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: pageQuerySchema,
  response: pageSchema(issueFeedbackSchema),
  handle: ({ viewer, params, query }) => listFeedback({ viewer, issueId: params.issueId, page: query }),
});
