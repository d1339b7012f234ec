import { z } from 'zod';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/0',
  summary: 'Whether a token is good, for Sentry’s tools',
  auth: 'read',
  response: z.object({ version: z.string(), auth: z.object({ scopes: z.array(z.string()) }), user: z.null() }),
  handle: async ({ viewer }) => ({ version: '0', auth: { scopes: [...viewer.scopes] }, user: null }),
});
