import { route } from '@/lib/http/route.server';
import { backTest } from '@/lib/search/back-test.server';
import { backTestInputSchema, backTestSchema } from '@/lib/search/back-test-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/back-test',
  summary:
    "Replay an entry's signatures over past errors: hits, misses among its issues, collisions with other entries",
  auth: 'read',
  body: backTestInputSchema,
  response: backTestSchema,
  rateLimit: 120,
  handle: ({ viewer, body }) => backTest({ viewer, input: body }),
});
