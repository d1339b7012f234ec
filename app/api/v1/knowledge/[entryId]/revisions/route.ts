import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { entryParamsSchema, revisionSummarySchema } from '@/lib/knowledge/entry-input-schema';
import { listRevisions } from '@/lib/knowledge/list-revisions.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}/revisions',
  summary: 'Revisions of an entry, latest first',
  auth: 'read',
  params: entryParamsSchema,
  query: pageQuerySchema,
  response: pageSchema(revisionSummarySchema),
  handle: ({ viewer, params, query }) => listRevisions({ viewer, id: params.entryId, query }),
});
