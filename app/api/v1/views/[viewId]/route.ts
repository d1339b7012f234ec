import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { changeView, deleteView } from '@/lib/views/saved-views.server';
import { savedViewSchema, viewChangeSchema } from '@/lib/views/view-schema';

const params = z.object({ viewId: z.uuid('expected the id of a view') });

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/views/{viewId}',
  summary: 'Rename, share or update a view, or open its page with it',
  auth: 'read',
  params,
  body: viewChangeSchema,
  response: savedViewSchema,
  handle: ({ viewer, params: { viewId }, body }) => changeView({ viewer, viewId, change: body }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/views/{viewId}',
  summary: 'Delete a view; the answer is what it was',
  auth: 'read',
  params,
  response: savedViewSchema,
  handle: ({ viewer, params: { viewId } }) => deleteView({ viewer, viewId }),
});
