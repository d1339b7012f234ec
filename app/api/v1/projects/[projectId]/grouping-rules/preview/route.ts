import { z } from 'zod';
import { previewRules } from '@/lib/grouping/preview-rules.server';
import { previewInputSchema, rulesPreviewSchema } from '@/lib/grouping/rules-dto-schema';
import { route } from '@/lib/http/route.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/projects/{projectId}/grouping-rules/preview',
  summary: 'What grouping rules would have done to the latest events; changes nothing',
  auth: 'admin',
  params: z.object({ projectId: z.string().max(60) }),
  body: previewInputSchema,
  response: rulesPreviewSchema,
  handle: ({ viewer, params, body }) =>
    previewRules({ viewer, projectId: params.projectId, input: body, events: body.events }),
});
