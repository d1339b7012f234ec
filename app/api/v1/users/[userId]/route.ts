import { z } from 'zod';
import { updateUser } from '@/lib/auth/update-user.server';
import { userSchema, userUpdateSchema } from '@/lib/auth/user-schema';
import { route } from '@/lib/http/route.server';

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/users/{userId}',
  summary: 'Change a member’s role or name, or disable them',
  auth: 'admin',
  params: z.object({ userId: z.uuid('expected the id of a member') }),
  body: userUpdateSchema,
  response: userSchema,
  handle: ({ viewer, params, body, now }) => updateUser({ viewer, userId: params.userId, changes: body, now }),
});
