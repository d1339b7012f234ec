import { route } from '@/lib/http/route.server';
import { entryFacets } from '@/lib/knowledge/entry-facets.server';
import { entryFacetsSchema, entryFilterSchema } from '@/lib/knowledge/entry-input-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/facets',
  summary: 'Count entries by status, category, severity, component, tag and origin',
  auth: 'read',
  query: entryFilterSchema,
  response: entryFacetsSchema,
  handle: ({ viewer, query, now }) => entryFacets({ viewer, filter: query, now }),
});
