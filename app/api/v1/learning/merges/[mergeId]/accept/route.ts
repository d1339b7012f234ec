import { route } from '@/lib/http/route.server';
import { decideMerge } from '@/lib/learning/merge-entries.server';
import { entryMergeSchema, mergeParamsSchema } from '@/lib/learning/merge-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/learning/merges/{mergeId}/accept',
  summary: 'Put one entry into the other and retire it',
  auth: 'review',
  params: mergeParamsSchema,
  response: entryMergeSchema,
  handle: ({ viewer, params, now, ip }) => decideMerge({ viewer, id: params.mergeId, accept: true, now, ip }),
});
