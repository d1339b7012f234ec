import { expectedVersion, route } from '@/lib/http/route.server';
import { revisionParamsSchema, statusChangeSchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema } from '@/lib/knowledge/entry-schema';
import { restoreRevision } from '@/lib/knowledge/restore-revision.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/{entryId}/revisions/{n}/restore',
  summary: 'Bring back the words of an earlier revision as a new one',
  auth: 'write',
  params: revisionParamsSchema,
  body: statusChangeSchema,
  response: entrySchema,
  handle: ({ viewer, params, body, request, now, ip }) =>
    restoreRevision({
      viewer,
      id: params.entryId,
      revision: params.n,
      version: expectedVersion(request, body.version),
      reason: body.reason,
      now,
      ip,
    }),
});
