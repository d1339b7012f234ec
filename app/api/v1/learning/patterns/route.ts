import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { listPatterns } from '@/lib/learning/list-patterns.server';
import { patternFilterSchema, patternSchema } from '@/lib/learning/pattern-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/patterns',
  summary: 'Failures that several issues share, across services and projects, busiest first',
  auth: 'read',
  query: pageQuerySchema.extend(patternFilterSchema.shape),
  response: pageSchema(patternSchema),
  handle: ({ viewer, query: { services, ...page } }) => listPatterns({ viewer, services, page }),
});
