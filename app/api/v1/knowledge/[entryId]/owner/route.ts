import { route } from '@/lib/http/route.server';
import { entryParamsSchema, ownerSchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema } from '@/lib/knowledge/entry-schema';
import { setOwner } from '@/lib/knowledge/set-owner.server';

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/knowledge/{entryId}/owner',
  summary: 'Say who looks after an entry',
  auth: 'write',
  params: entryParamsSchema,
  body: ownerSchema,
  response: entrySchema,
  handle: ({ viewer, params, body, now, ip }) => setOwner({ viewer, id: params.entryId, owner: body.owner, now, ip }),
});
