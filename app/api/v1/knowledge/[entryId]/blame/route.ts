import { route } from '@/lib/http/route.server';
import { blameEntry } from '@/lib/knowledge/blame-entry.server';
import { blameSchema, entryParamsSchema } from '@/lib/knowledge/entry-input-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}/blame',
  summary: 'Which revision last changed each field and each solution',
  auth: 'read',
  params: entryParamsSchema,
  response: blameSchema,
  handle: ({ viewer, params }) => blameEntry({ viewer, id: params.entryId }),
});
