import type { Scope } from '@/lib/auth/permissions';
import { expectedVersion, type RouteHandler, route } from '@/lib/http/route.server';
import { changeStatus } from '@/lib/knowledge/change-status.server';
import { entryParamsSchema, statusChangeSchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema } from '@/lib/knowledge/entry-schema';
import type { StatusAction } from '@/lib/knowledge/entry-state';

/** `POST /api/v1/knowledge/{entryId}/<action>`: those that move an entry differ in nothing else. */
export const statusRoute = (action: Exclude<StatusAction, 'verify'>, auth: Scope, summary: string): RouteHandler =>
  route({
    method: 'POST',
    path: `/api/v1/knowledge/{entryId}/${action}`,
    summary,
    auth,
    params: entryParamsSchema,
    body: statusChangeSchema,
    response: entrySchema,
    handle: ({ viewer, params, body, request, now, ip }) =>
      changeStatus({
        viewer,
        id: params.entryId,
        action,
        reason: body.reason,
        version: expectedVersion(request, body.version),
        now,
        ip,
      }),
  });
