import { createToken, listTokens } from '@/lib/auth/create-token.server';
import { createdTokenSchema, tokenInputSchema, tokenSchema } from '@/lib/auth/user-schema';
import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/tokens',
  summary: 'List API tokens',
  auth: 'admin',
  response: pageSchema(tokenSchema),
  handle: ({ viewer }) => listTokens({ viewer }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/tokens',
  summary: 'Make an API token; it is shown once',
  auth: 'admin',
  body: tokenInputSchema,
  response: createdTokenSchema,
  status: 201,
  handle: ({ viewer, body, now }) =>
    createToken({
      viewer,
      name: body.name,
      scopes: body.scopes,
      expiresAt: body.expires_at ? new Date(body.expires_at) : null,
      now,
    }),
});
