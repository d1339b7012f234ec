import { z } from 'zod';
import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { listGroupings } from '@/lib/issues/list-groupings.server';
import { issueGroupingSchema } from '@/lib/issues/split-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/groupings',
  summary: 'The grouping hashes of an issue, with the stored events of each',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  response: pageSchema(issueGroupingSchema),
  handle: ({ viewer, params }) => listGroupings({ viewer, issueId: params.issueId }),
});
