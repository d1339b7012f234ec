import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { changedIssueSchema } from '@/lib/issues/issue-schema';
import { undoLatest } from '@/lib/issues/undo-change.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/undo',
  summary: 'Take back the latest change somebody made to an issue',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80) }),
  response: changedIssueSchema,
  handle: ({ viewer, params, now }) => undoLatest({ viewer, issueId: params.issueId, now }),
});
