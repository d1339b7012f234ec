import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { suggestionSchema } from '@/lib/learning/learning-schema';
import { listIssueSuggestions } from '@/lib/learning/list-suggestions.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/suggestions',
  summary: 'What may solve this issue, likeliest first',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  response: z.object({ data: z.array(suggestionSchema), next_cursor: z.null() }),
  handle: async ({ viewer, params }) => ({
    data: await listIssueSuggestions({ viewer, issueId: params.issueId }),
    next_cursor: null,
  }),
});
