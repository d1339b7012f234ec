import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { commentParamsSchema, reviewThreadSchema, threadChangeSchema } from '@/lib/knowledge/comment-schema';
import { resolveThread } from '@/lib/knowledge/review-comments.server';

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/knowledge/{entryId}/comments/{commentId}',
  summary: 'Settle a thread of comments, or open it again',
  auth: 'write',
  params: commentParamsSchema,
  body: threadChangeSchema,
  response: z.object({ data: z.array(reviewThreadSchema), next_cursor: z.null() }),
  handle: async ({ viewer, params, body, now, ip }) => ({
    data: await resolveThread({
      ...{ viewer, id: params.entryId, threadId: params.commentId, resolved: body.resolved },
      ...{ now, ip },
    }),
    next_cursor: null,
  }),
});
