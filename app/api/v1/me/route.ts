import { meSchema } from '@/lib/auth/user-schema';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/me',
  summary: 'Who is calling, and what they may do',
  auth: 'read',
  response: meSchema,
  handle: async ({ viewer }) => ({
    kind: viewer.kind,
    id: viewer.id,
    name: viewer.name,
    email: viewer.email,
    role: viewer.role,
    scopes: [...viewer.scopes],
  }),
});
