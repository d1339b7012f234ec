import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { draftAnswerSchema } from '@/lib/learning/learning-schema';
import { requestDraft } from '@/lib/learning/request-draft.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/draft',
  summary: 'Draft an answer from what is known, each sentence with its source; null where too little is known',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  response: draftAnswerSchema,
  handle: ({ viewer, params, now }) => requestDraft({ viewer, issueId: params.issueId, now }),
});
