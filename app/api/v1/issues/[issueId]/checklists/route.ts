import { z } from 'zod';
import { addChecklist, listChecklists } from '@/lib/guide/issue-checklists.server';
import { route } from '@/lib/http/route.server';
import { checklistSchema, newChecklistSchema } from '@/lib/issues/checklist-schema';

const params = z.object({ issueId: z.string() });

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/checklists',
  summary: 'The issue’s checklists',
  auth: 'read',
  params,
  response: z.object({ data: z.array(checklistSchema), next_cursor: z.null() }),
  handle: async ({ viewer, params: { issueId } }) => ({
    data: await listChecklists({ viewer, issueId }),
    next_cursor: null,
  }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/issues/{issueId}/checklists',
  summary: 'Begin a checklist from a guide section',
  auth: 'write',
  params,
  body: newChecklistSchema,
  response: checklistSchema,
  status: 201,
  handle: ({ viewer, params: { issueId }, body, now }) => addChecklist({ viewer, issueId, section: body.section, now }),
});
