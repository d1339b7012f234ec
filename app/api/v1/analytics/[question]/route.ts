import { z } from 'zod';
import { scopeQuerySchema, toScope } from '@/lib/analytics/analytics-scope';
import { QUESTION_NAMES, QUESTIONS, questionOptionsSchema } from '@/lib/analytics/questions.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/analytics/{question}',
  summary: 'One analytical question about a period, with the period before',
  auth: 'read',
  params: z.object({ question: z.enum(QUESTION_NAMES, `expected one of ${QUESTION_NAMES.join(', ')}`) }),
  query: scopeQuerySchema.extend(questionOptionsSchema.shape),
  response: z.union(QUESTION_NAMES.map((name) => QUESTIONS[name].response)),
  handle: ({ viewer, params, query, now }) =>
    QUESTIONS[params.question].ask({ viewer, scope: toScope(query, now), options: query }),
});
