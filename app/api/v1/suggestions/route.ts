import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { suggestionFilterSchema, suggestionSchema } from '@/lib/learning/learning-schema';
import { listSuggestions } from '@/lib/learning/list-suggestions.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/suggestions',
  summary: 'The review queue, or what was decided lately',
  auth: 'read',
  query: pageQuerySchema.extend(suggestionFilterSchema.shape),
  response: pageSchema(suggestionSchema),
  handle: ({ viewer, query: { cursor, limit, ...filter } }) =>
    listSuggestions({ viewer, filter, page: { cursor, limit } }),
});
