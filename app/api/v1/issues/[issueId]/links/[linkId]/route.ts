import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { removeIssueLink } from '@/lib/issues/issue-links.server';
import { issueLinkSchema } from '@/lib/issues/link-schema';

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/issues/{issueId}/links/{linkId}',
  summary: 'Take a link off an issue',
  auth: 'write',
  params: z.object({ issueId: z.string().max(80), linkId: z.string().max(100) }),
  response: issueLinkSchema,
  handle: ({ viewer, params, now }) => removeIssueLink({ viewer, ...params, now }),
});
