import { route } from '@/lib/http/route.server';
import { learningPassSchema, passParamsSchema } from '@/lib/learning/learning-schema';
import { getPass } from '@/lib/learning/list-passes.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/passes/{passId}',
  summary: 'How far a learning pass is',
  auth: 'read',
  params: passParamsSchema,
  response: learningPassSchema,
  handle: ({ viewer, params }) => getPass({ viewer, passId: params.passId }),
});
