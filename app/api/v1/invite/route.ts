import { acceptInvite } from '@/lib/auth/update-user.server';
import { acceptInviteSchema, userSchema } from '@/lib/auth/user-schema';
import { route } from '@/lib/http/route.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/invite',
  summary: 'Accept an invitation by choosing a password',
  auth: 'public',
  body: acceptInviteSchema,
  response: userSchema,
  rateLimit: 10,
  handle: ({ body, now }) => acceptInvite({ input: body, now }),
});
