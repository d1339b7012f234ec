import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { addComment } from '@/lib/issues/comment-issue.server';
import { activitySchema, commentInputSchema } from '@/lib/issues/issue-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/comments',
  summary: 'Comment on an issue',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  body: commentInputSchema,
  response: activitySchema,
  status: 201,
  handle: ({ viewer, params, body, now }) => addComment({ viewer, issueId: params.issueId, body: body.body, now }),
});
