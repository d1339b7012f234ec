import { route } from '@/lib/http/route.server';
import { search } from '@/lib/search/search.server';
import { searchAnswerSchema, searchQuerySchema } from '@/lib/search/search-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Entries, issues and guide sections in one ranked list; a pasted error finds its known fix',
  auth: 'read',
  query: searchQuerySchema,
  response: searchAnswerSchema,
  handle: ({ viewer, query }) => search({ viewer, params: query }),
});
