import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { addIssueLink, listIssueLinks } from '@/lib/issues/issue-links.server';
import { issueLinkSchema, issueLinksSchema, linkInputSchema } from '@/lib/issues/link-schema';

const params = z.object({ issueId: z.string().max(80) });

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/links',
  summary: 'Where else an issue is worked on, and where tickets are opened',
  auth: 'read',
  params,
  response: issueLinksSchema,
  handle: ({ viewer, params: { issueId } }) => listIssueLinks({ viewer, issueId }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/links',
  summary: 'Link an issue to a ticket elsewhere',
  auth: 'write',
  params,
  body: linkInputSchema,
  response: issueLinkSchema,
  status: 201,
  handle: ({ viewer, params: { issueId }, body, now }) => addIssueLink({ viewer, issueId, link: body, now }),
});
