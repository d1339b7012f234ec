import { route } from '@/lib/http/route.server';
import { changePrevention } from '@/lib/knowledge/change-prevention.server';
import { entrySchema } from '@/lib/knowledge/entry-schema';
import { preventionParamsSchema, preventionPatchSchema } from '@/lib/knowledge/prevention-schema';

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/knowledge/{entryId}/prevention/{n}',
  summary: 'Tick a prevention item off, or change its owner, date or link; `text` says which item is meant',
  auth: 'write',
  params: preventionParamsSchema,
  body: preventionPatchSchema,
  response: entrySchema,
  handle: ({ viewer, params, body, now, ip }) =>
    changePrevention({ viewer, id: params.entryId, n: params.n, patch: body, now, ip }),
});
