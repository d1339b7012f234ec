import { route } from '@/lib/http/route.server';
import { undoInputSchema, undoResultSchema } from '@/lib/issues/issue-schema';
import { undoChanges } from '@/lib/issues/undo-change.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/undo',
  summary: 'Take back what one call changed, by its undo token',
  auth: 'write',
  body: undoInputSchema,
  response: undoResultSchema,
  handle: ({ viewer, body, now }) => undoChanges({ viewer, token: body.token, now }),
});
