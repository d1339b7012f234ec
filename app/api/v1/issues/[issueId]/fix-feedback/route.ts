import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { giveFeedbackSchema, ownFeedbackSchema } from '@/lib/learning/learning-schema';
import { giveFeedback, listOwnFeedback } from '@/lib/learning/record-feedback.server';

const params = z.object({ issueId: z.string().max(80) });

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/fix-feedback',
  summary: 'What you said about the fixes of an issue',
  auth: 'read',
  params,
  response: z.object({ data: z.array(ownFeedbackSchema), next_cursor: z.null() }),
  handle: async ({ viewer, params }) => ({
    data: await listOwnFeedback({ viewer, issueId: params.issueId }),
    next_cursor: null,
  }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/fix-feedback',
  summary: 'Say whether an entry fixed an issue; it changes how entries are ranked. `helped: null` takes it back',
  auth: 'write',
  params,
  body: giveFeedbackSchema,
  response: giveFeedbackSchema,
  handle: async ({ viewer, params, body, now, ip }) => ({
    entry: body.entry,
    ...(await giveFeedback({ viewer, issueId: params.issueId, ...body, now, ip })),
  }),
});
