import { route } from '@/lib/http/route.server';
import { getModelState } from '@/lib/learning/draft-with-model.server';
import { modelStateSchema } from '@/lib/learning/model-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/model',
  summary: 'The language model that drafts, if one is configured, and what of its budget is used',
  auth: 'admin',
  response: modelStateSchema,
  handle: ({ viewer, now }) => getModelState({ viewer, now }),
});
