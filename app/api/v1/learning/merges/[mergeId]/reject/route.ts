import { route } from '@/lib/http/route.server';
import { decideMerge } from '@/lib/learning/merge-entries.server';
import { entryMergeSchema, mergeParamsSchema } from '@/lib/learning/merge-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/learning/merges/{mergeId}/reject',
  summary: 'Keep both entries apart, for good',
  auth: 'review',
  params: mergeParamsSchema,
  response: entryMergeSchema,
  handle: ({ viewer, params, now, ip }) => decideMerge({ viewer, id: params.mergeId, accept: false, now, ip }),
});
