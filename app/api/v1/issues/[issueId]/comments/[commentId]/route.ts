import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { deleteComment, editComment } from '@/lib/issues/comment-issue.server';
import { activitySchema, commentInputSchema } from '@/lib/issues/issue-schema';

const params = z.object({ issueId: z.string().max(80), commentId: z.string().max(20) });

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/issues/{issueId}/comments/{commentId}',
  summary: 'Change a comment of your own',
  auth: 'write',
  params,
  body: commentInputSchema,
  response: activitySchema,
  handle: ({ viewer, params, body, now }) => editComment({ viewer, ...params, body: body.body, now }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/issues/{issueId}/comments/{commentId}',
  summary: 'Delete a comment of your own',
  auth: 'write',
  params,
  response: activitySchema,
  handle: ({ viewer, params }) => deleteComment({ viewer, ...params }),
});
