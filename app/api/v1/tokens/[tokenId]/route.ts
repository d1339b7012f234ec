import { z } from 'zod';
import { revokeToken } from '@/lib/auth/create-token.server';
import { tokenSchema } from '@/lib/auth/user-schema';
import { route } from '@/lib/http/route.server';

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/tokens/{tokenId}',
  summary: 'Revoke an API token',
  auth: 'admin',
  params: z.object({ tokenId: z.uuid('expected the id of a token') }),
  response: tokenSchema,
  handle: ({ viewer, params, now }) => revokeToken({ viewer, tokenId: params.tokenId, now }),
});
