import { route } from '@/lib/http/route.server';
import { acceptSuggestion } from '@/lib/learning/accept-suggestion.server';
import { acceptSchema, suggestionParamsSchema, suggestionSchema } from '@/lib/learning/learning-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/suggestions/{suggestionId}/accept',
  summary: 'This entry solves this issue: publish it, link it and watch whether the fix holds',
  auth: 'review',
  params: suggestionParamsSchema,
  body: acceptSchema,
  response: suggestionSchema,
  handle: ({ viewer, params, body, now, ip }) =>
    acceptSuggestion({ viewer, id: params.suggestionId, patch: body.draft, note: body.note, now, ip }),
});
