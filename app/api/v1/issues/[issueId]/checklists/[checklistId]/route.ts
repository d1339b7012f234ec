import { z } from 'zod';
import { removeChecklist, restoreChecklist, tickChecklist } from '@/lib/guide/issue-checklists.server';
import { route } from '@/lib/http/route.server';
import { checklistSchema, tickSchema } from '@/lib/issues/checklist-schema';

const params = z.object({ issueId: z.string(), checklistId: z.string() });

export const PATCH = route({
  method: 'PATCH',
  path: '/api/v1/issues/{issueId}/checklists/{checklistId}',
  summary: 'Tick an item of a checklist, or take the tick back',
  auth: 'write',
  params,
  body: tickSchema,
  response: checklistSchema,
  handle: ({ viewer, params: { issueId, checklistId }, body, now }) =>
    tickChecklist({ viewer, issueId, checklistId, ...body, now }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/issues/{issueId}/checklists/{checklistId}',
  summary: 'Bring a removed checklist back as it was',
  auth: 'write',
  params,
  response: checklistSchema,
  handle: ({ viewer, params: { issueId, checklistId } }) => restoreChecklist({ viewer, issueId, checklistId }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/issues/{issueId}/checklists/{checklistId}',
  summary: 'Remove a checklist from an issue',
  auth: 'write',
  params,
  status: 204,
  response: null,
  handle: async ({ viewer, params: { issueId, checklistId }, now }) => {
    await removeChecklist({ viewer, issueId, checklistId, now });
    return new Response(null, { status: 204 });
  },
});
