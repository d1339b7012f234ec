import { updateAccount } from '@/lib/auth/update-user.server';
import { accountUpdateSchema, userSchema } from '@/lib/auth/user-schema';
import { route } from '@/lib/http/route.server';

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/account',
  summary: 'Change your own name or password',
  auth: 'read',
  body: accountUpdateSchema,
  response: userSchema,
  rateLimit: 20,
  handle: ({ viewer, body }) => updateAccount({ viewer, changes: body }),
});
