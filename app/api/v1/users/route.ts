import { inviteUser } from '@/lib/auth/create-user.server';
import { listUsers } from '@/lib/auth/list-users.server';
import { invitedSchema, inviteInputSchema, userSchema } from '@/lib/auth/user-schema';
import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/users',
  summary: 'List members',
  auth: 'read',
  response: pageSchema(userSchema),
  handle: ({ viewer }) => listUsers({ viewer }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/users',
  summary: 'Invite a member; the link is shown once',
  auth: 'admin',
  body: inviteInputSchema,
  response: invitedSchema,
  status: 201,
  handle: ({ viewer, body, now }) => inviteUser({ viewer, ...body, now }),
});
