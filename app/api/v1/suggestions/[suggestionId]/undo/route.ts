import { route } from '@/lib/http/route.server';
import { suggestionParamsSchema, suggestionSchema } from '@/lib/learning/learning-schema';
import { undoDecision } from '@/lib/learning/undo-decision.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/suggestions/{suggestionId}/undo',
  summary: 'Take a decision back',
  auth: 'review',
  params: suggestionParamsSchema,
  response: suggestionSchema,
  handle: ({ viewer, params, now, ip }) => undoDecision({ viewer, id: params.suggestionId, now, ip }),
});
