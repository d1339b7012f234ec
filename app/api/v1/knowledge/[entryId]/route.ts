import { expectedVersion, route } from '@/lib/http/route.server';
import { deleteEntry } from '@/lib/knowledge/delete-entry.server';
import { entryParamsSchema, entryPatchSchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema } from '@/lib/knowledge/entry-schema';
import { getEntry } from '@/lib/knowledge/get-entry.server';
import { updateEntry } from '@/lib/knowledge/save-entry.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}',
  summary: 'One entry with its track record',
  auth: 'read',
  params: entryParamsSchema,
  response: entrySchema,
  handle: ({ viewer, params, now }) => getEntry({ viewer, id: params.entryId, now }),
});

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/knowledge/{entryId}',
  summary: 'Change some fields of an entry; a new revision',
  auth: 'write',
  params: entryParamsSchema,
  body: entryPatchSchema,
  response: entrySchema,
  handle: ({ viewer, params, body, request, now, ip }) =>
    updateEntry({
      viewer,
      id: params.entryId,
      patch: body,
      version: expectedVersion(request, body.version),
      now,
      ip,
    }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/knowledge/{entryId}',
  summary: 'Delete a draft; any other entry is retired instead (needs the review permission)',
  auth: 'write',
  params: entryParamsSchema,
  response: null,
  status: 204,
  handle: async ({ viewer, params, request, now, ip }) => {
    await deleteEntry({ viewer, id: params.entryId, version: expectedVersion(request), now, ip });
    return new Response(null, { status: 204 });
  },
});
