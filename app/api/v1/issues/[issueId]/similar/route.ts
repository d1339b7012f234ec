import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { listSimilarIssues, MAX_SIMILAR, similarIssueSchema } from '@/lib/issues/similar-issues.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/similar',
  summary: 'Issues of the same project that look alike, most alike first',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(MAX_SIMILAR).default(10) }),
  response: z.object({ data: z.array(similarIssueSchema), next_cursor: z.null() }),
  handle: async ({ viewer, params, query }) => ({
    data: await listSimilarIssues({ viewer, issueId: params.issueId, limit: query.limit }),
    next_cursor: null,
  }),
});
