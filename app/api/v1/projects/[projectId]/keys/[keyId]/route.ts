import { z } from 'zod';
import { publicOrigin } from '@/lib/http/origin.server';
import { route } from '@/lib/http/route.server';
import { updateKey } from '@/lib/projects/manage-projects.server';
import { keyUpdateSchema, projectKeySchema } from '@/lib/projects/project-schema';

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/projects/{projectId}/keys/{keyId}',
  summary: 'Rename a capture key or switch it off',
  auth: 'admin',
  params: z.object({ projectId: z.string(), keyId: z.coerce.number().int().positive() }),
  body: keyUpdateSchema,
  response: projectKeySchema,
  handle: ({ viewer, params, body, request }) =>
    updateKey({
      viewer,
      projectId: params.projectId,
      keyId: params.keyId,
      changes: body,
      origin: publicOrigin(request),
    }),
});
