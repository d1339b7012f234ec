import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { DRAFT_LIMIT, draftInputSchema, draftParamsSchema, draftSchema } from '@/lib/knowledge/draft-schema';
import { deleteDraft, getDraft, putDraft } from '@/lib/knowledge/entry-drafts.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/drafts/{entryKey}',
  summary: "The caller's unsaved words about an entry; null without any",
  auth: 'write',
  params: draftParamsSchema,
  response: z.object({ draft: draftSchema.nullable() }),
  handle: async ({ viewer, params }) => ({ draft: await getDraft({ viewer, entryKey: params.entryKey }) }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/knowledge/drafts/{entryKey}',
  summary: 'Keep unsaved words about an entry, for the caller alone',
  auth: 'write',
  params: draftParamsSchema,
  body: draftInputSchema,
  maxBody: DRAFT_LIMIT,
  response: draftSchema.pick({ saved_at: true }),
  handle: ({ viewer, params, body, now }) => putDraft({ viewer, entryKey: params.entryKey, draft: body, now }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/knowledge/drafts/{entryKey}',
  summary: 'Throw unsaved words away',
  auth: 'write',
  params: draftParamsSchema,
  response: null,
  status: 204,
  handle: async ({ viewer, params }) => {
    await deleteDraft({ viewer, entryKey: params.entryKey });
    return new Response(null, { status: 204 });
  },
});
