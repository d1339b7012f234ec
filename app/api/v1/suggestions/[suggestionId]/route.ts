import { route } from '@/lib/http/route.server';
import { editSuggestion } from '@/lib/learning/edit-suggestion.server';
import { suggestionParamsSchema, suggestionPatchSchema, suggestionSchema } from '@/lib/learning/learning-schema';
import { getSuggestion } from '@/lib/learning/list-suggestions.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/suggestions/{suggestionId}',
  summary: 'One suggestion with its evidence',
  auth: 'read',
  params: suggestionParamsSchema,
  response: suggestionSchema,
  handle: ({ viewer, params }) => getSuggestion({ viewer, id: params.suggestionId }),
});

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/suggestions/{suggestionId}',
  summary: 'Change the words that accepting would write, or the note',
  auth: 'review',
  params: suggestionParamsSchema,
  body: suggestionPatchSchema,
  response: suggestionSchema,
  handle: ({ viewer, params, body, ip }) => editSuggestion({ viewer, id: params.suggestionId, patch: body, ip }),
});
