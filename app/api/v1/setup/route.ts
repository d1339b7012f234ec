import { z } from 'zod';
import { setUp } from '@/lib/auth/bootstrap.server';
import { setupInputSchema } from '@/lib/auth/user-schema';
import { publicOrigin } from '@/lib/http/origin.server';
import { route } from '@/lib/http/route.server';
import { projectSchema } from '@/lib/projects/project-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'First run: make the admin and the first project with the one-time set-up token',
  auth: 'public',
  body: setupInputSchema,
  response: z.object({ project: projectSchema }),
  status: 201,
  rateLimit: 10,
  handle: ({ body, request, now }) => setUp({ input: body, origin: publicOrigin(request), now }),
});
