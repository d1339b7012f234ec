import { route } from '@/lib/http/route.server';
import { listPrevention } from '@/lib/knowledge/list-prevention.server';
import { preventionListSchema, preventionQuerySchema } from '@/lib/knowledge/prevention-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/prevention',
  summary: 'Prevention items of all entries, the longest overdue first, with totals by owner',
  auth: 'read',
  query: preventionQuerySchema,
  response: preventionListSchema,
  handle: ({ viewer, query, now }) => listPrevention({ viewer, query, now }),
});
