import { z } from 'zod';
import { publicOrigin } from '@/lib/http/origin.server';
import { route } from '@/lib/http/route.server';
import { createKey } from '@/lib/projects/manage-projects.server';
import { keyInputSchema, projectKeySchema } from '@/lib/projects/project-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/projects/{projectId}/keys',
  summary: 'Make another capture key',
  auth: 'admin',
  params: z.object({ projectId: z.string() }),
  body: keyInputSchema,
  response: projectKeySchema,
  status: 201,
  handle: ({ viewer, params, body, request }) =>
    createKey({ viewer, projectId: params.projectId, label: body.label, origin: publicOrigin(request) }),
});
