import { expectedVersion, route } from '@/lib/http/route.server';
import { changeStatus } from '@/lib/knowledge/change-status.server';
import { entryParamsSchema, verifySchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema } from '@/lib/knowledge/entry-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/{entryId}/verify',
  summary: 'Say that a published entry still holds: settles a dispute and moves its next review',
  auth: 'review',
  params: entryParamsSchema,
  body: verifySchema,
  response: entrySchema,
  handle: ({ viewer, params, body, request, now, ip }) =>
    changeStatus({
      viewer,
      id: params.entryId,
      action: 'verify',
      reason: body.reason,
      nextReview: body.next_review,
      version: expectedVersion(request, body.version),
      now,
      ip,
    }),
});
