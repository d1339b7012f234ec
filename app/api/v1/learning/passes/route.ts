import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { learningPassSchema } from '@/lib/learning/learning-schema';
import { listPasses } from '@/lib/learning/list-passes.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/passes',
  summary: 'Learning passes, latest first',
  auth: 'read',
  query: pageQuerySchema,
  response: pageSchema(learningPassSchema),
  handle: ({ viewer, query }) => listPasses({ viewer, page: query }),
});
