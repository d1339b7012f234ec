import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { commentInputSchema, reviewThreadSchema } from '@/lib/knowledge/comment-schema';
import { entryParamsSchema } from '@/lib/knowledge/entry-input-schema';
import { addReviewComment, listThreads } from '@/lib/knowledge/review-comments.server';

const threadsSchema = z.object({ data: z.array(reviewThreadSchema), next_cursor: z.null() });

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}/comments',
  summary: 'What reviewers said about an entry, in threads; open ones first',
  auth: 'read',
  params: entryParamsSchema,
  response: threadsSchema,
  handle: async ({ viewer, params }) => ({
    data: await listThreads({ viewer, id: params.entryId }),
    next_cursor: null,
  }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/{entryId}/comments',
  summary: 'Comment on an entry or one of its fields, or answer in a thread',
  auth: 'write',
  params: entryParamsSchema,
  body: commentInputSchema,
  response: threadsSchema,
  status: 201,
  handle: async ({ viewer, params, body, now }) => ({
    data: await addReviewComment({ viewer, id: params.entryId, input: body, now }),
    next_cursor: null,
  }),
});
