import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { splitIssue } from '@/lib/issues/split-issue.server';
import { splitInputSchema, splitResultSchema } from '@/lib/issues/split-schema';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/split',
  summary: 'Make an issue of its own out of events that are not this one',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  body: splitInputSchema,
  response: splitResultSchema,
  audit: 'issue.split',
  handle: ({ viewer, params, body, now }) => splitIssue({ viewer, issueId: params.issueId, split: body, now }),
});
