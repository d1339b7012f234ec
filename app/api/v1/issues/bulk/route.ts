import { route } from '@/lib/http/route.server';
import { bulkChange } from '@/lib/issues/bulk-issues.server';
import { bulkResultSchema, bulkSchema, toChange } from '@/lib/issues/issue-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/bulk',
  summary: 'Resolve, reopen, mute, unmute or assign many issues; each stands alone',
  auth: 'write',
  body: bulkSchema,
  response: bulkResultSchema,
  handle: ({ viewer, body, now }) =>
    bulkChange({
      viewer,
      ids: body.ids,
      filter: body.query === undefined ? undefined : { query: body.query, project: body.project },
      change: toChange(body),
      now,
    }),
});
