import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { issueSchema, unmergeInputSchema } from '@/lib/issues/issue-schema';
import { unmergeIssue } from '@/lib/issues/unmerge-issue.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/unmerge',
  summary: 'Take a merged issue out again; answers with that issue',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  body: unmergeInputSchema,
  response: issueSchema,
  audit: 'issue.unmerge',
  handle: ({ viewer, params, body, now }) => unmergeIssue({ viewer, issueId: params.issueId, mergedId: body.id, now }),
});
