import { route } from '@/lib/http/route.server';
import { revisionParamsSchema, revisionSchema } from '@/lib/knowledge/entry-input-schema';
import { getRevision } from '@/lib/knowledge/list-revisions.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}/revisions/{n}',
  summary: 'One revision with its content',
  auth: 'read',
  params: revisionParamsSchema,
  response: revisionSchema,
  handle: ({ viewer, params }) => getRevision({ viewer, id: params.entryId, version: params.n }),
});
