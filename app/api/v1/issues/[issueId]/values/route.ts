import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { countValues } from '@/lib/issues/count-values.server';
import { issueValuesSchema } from '@/lib/issues/values-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/values',
  summary: 'What stands at the variable places of the message of an issue',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  response: issueValuesSchema,
  handle: ({ viewer, params }) => countValues({ viewer, issueId: params.issueId }),
});
