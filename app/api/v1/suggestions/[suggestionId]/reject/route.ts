import { route } from '@/lib/http/route.server';
import { rejectSchema, suggestionParamsSchema, suggestionSchema } from '@/lib/learning/learning-schema';
import { rejectSuggestion } from '@/lib/learning/reject-suggestion.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/suggestions/{suggestionId}/reject',
  summary: 'It does not solve this issue, and why; the pair is not proposed again',
  auth: 'review',
  params: suggestionParamsSchema,
  body: rejectSchema,
  response: suggestionSchema,
  handle: ({ viewer, params, body, now, ip }) =>
    rejectSuggestion({ viewer, id: params.suggestionId, reason: body.reason, note: body.note, now, ip }),
});
