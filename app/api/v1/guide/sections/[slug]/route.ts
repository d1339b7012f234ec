import { z } from 'zod';
import { guideSectionInputSchema, guideSectionSchema } from '@/lib/guide/guide-schema';
import { deleteGuideSection, getGuideSection, putGuideSection } from '@/lib/guide/guide-sections.server';
import { expectedVersion, route } from '@/lib/http/route.server';

const params = z.object({ slug: z.string() });

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide/sections/{slug}',
  summary: 'One section of the guide',
  auth: 'read',
  params,
  response: guideSectionSchema,
  handle: ({ viewer, params }) => getGuideSection({ viewer, slug: params.slug }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/guide/sections/{slug}',
  summary: 'Replace a section of the guide, or make it',
  auth: 'write',
  params,
  body: guideSectionInputSchema,
  response: guideSectionSchema,
  handle: ({ viewer, params, body, request, now, ip }) =>
    putGuideSection({
      viewer,
      slug: params.slug,
      input: body,
      version: expectedVersion(request, body.version),
      now,
      ip,
    }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/guide/sections/{slug}',
  summary: 'Remove a section from the guide',
  auth: 'review',
  params,
  response: null,
  status: 204,
  handle: async ({ viewer, params, ip }) => {
    await deleteGuideSection({ viewer, slug: params.slug, ip });
    return new Response(null, { status: 204 });
  },
});
