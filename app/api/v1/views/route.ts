import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { listViews, saveView } from '@/lib/views/saved-views.server';
import { savedViewSchema, viewInputSchema, viewPageSchema } from '@/lib/views/view-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/views',
  summary: 'List the saved views of a page: one’s own, and those others share',
  auth: 'read',
  query: z.object({ page: viewPageSchema.default('issues') }),
  response: z.object({ data: z.array(savedViewSchema), next_cursor: z.null() }),
  handle: async ({ viewer, query }) => ({ data: await listViews({ viewer, page: query.page }), next_cursor: null }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/views',
  summary: 'Keep the filters of a page under a name',
  auth: 'read',
  body: viewInputSchema,
  response: savedViewSchema,
  status: 201,
  handle: ({ viewer, body }) => saveView({ viewer, input: body }),
});
