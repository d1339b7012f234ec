import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { issueSchema, mergeInputSchema } from '@/lib/issues/issue-schema';
import { mergeIssues } from '@/lib/issues/merge-issues.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/merge',
  summary: 'Make other issues part of this one',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  body: mergeInputSchema,
  response: issueSchema,
  audit: 'issue.merge',
  handle: ({ viewer, params, body, now }) => mergeIssues({ viewer, issueId: params.issueId, ids: body.ids, now }),
});
