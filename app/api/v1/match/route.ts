import { route } from '@/lib/http/route.server';
import { matchError } from '@/lib/search/match-error.server';
import { matchAnswerSchema, matchInputSchema } from '@/lib/search/match-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/match',
  summary: 'The published entries that explain an error, with reasons; nothing is stored',
  auth: 'read',
  body: matchInputSchema,
  response: matchAnswerSchema,
  handle: ({ viewer, body: { limit, ...error } }) => matchError({ viewer, error, limit }),
});
