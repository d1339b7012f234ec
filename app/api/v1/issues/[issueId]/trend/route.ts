import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { issueTrendSchema } from '@/lib/issues/issue-schema';
import { issueTrend } from '@/lib/issues/issue-trend.server';
import { rangeQuerySchema, toRange } from '@/lib/issues/range-query';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/trend',
  summary: 'The events of an issue over time, with its releases and turning points',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: rangeQuerySchema,
  response: issueTrendSchema,
  handle: ({ viewer, params, query, now }) =>
    issueTrend({ viewer, issueId: params.issueId, range: toRange(query, now) }),
});
