import { z } from 'zod';
import { guideSectionSchema, newGuideSectionSchema } from '@/lib/guide/guide-schema';
import { createGuideSection, listGuideSections } from '@/lib/guide/guide-sections.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide/sections',
  summary: 'List the guide’s sections in their order',
  auth: 'read',
  response: z.object({ data: z.array(guideSectionSchema), next_cursor: z.null() }),
  handle: async ({ viewer }) => ({ data: await listGuideSections({ viewer }), next_cursor: null }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/guide/sections',
  summary: 'Add a section to the guide',
  auth: 'write',
  body: newGuideSectionSchema,
  response: guideSectionSchema,
  status: 201,
  handle: ({ viewer, body, now, ip }) => createGuideSection({ viewer, input: body, now, ip }),
});
