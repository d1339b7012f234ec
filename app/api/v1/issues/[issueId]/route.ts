import { z } from 'zod';
import { expectedVersion, route } from '@/lib/http/route.server';
import { changeIssue } from '@/lib/issues/change-issue.server';
import { getIssue } from '@/lib/issues/get-issue.server';
import { changedIssueSchema, issueChangeSchema, issueDetailSchema } from '@/lib/issues/issue-schema';

const params = z.object({ issueId: z.string().max(80) });

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}',
  summary: 'An issue, with what was done about it before',
  auth: 'read',
  params,
  response: issueDetailSchema,
  handle: ({ viewer, params, now }) => getIssue({ viewer, issueId: params.issueId, now }),
});

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/issues/{issueId}',
  summary: 'Resolve, reopen, mute or assign an issue',
  auth: 'write',
  params,
  body: issueChangeSchema,
  response: changedIssueSchema,
  handle: ({ viewer, params, body, request, now }) =>
    changeIssue({
      viewer,
      issueId: params.issueId,
      change: body,
      version: expectedVersion(request, body.version),
      now,
    }),
});
