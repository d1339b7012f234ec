import { z } from 'zod';
import { loadGroupingRules, saveGroupingRules } from '@/lib/grouping/grouping-rules.server';
import { rulesDtoSchema, rulesSaveSchema } from '@/lib/grouping/rules-dto-schema';
import { expectedVersion, route } from '@/lib/http/route.server';

const params = z.object({ projectId: z.string().max(60) });

export const GET = route({
  method: 'GET',
  path: '/api/v1/projects/{projectId}/grouping-rules',
  summary: 'The grouping rules of a project, as data and as text',
  auth: 'read',
  params,
  response: rulesDtoSchema,
  handle: ({ viewer, params }) => loadGroupingRules({ viewer, projectId: params.projectId }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/projects/{projectId}/grouping-rules',
  summary: 'Replace the grouping rules of a project; they apply to events from then on',
  auth: 'admin',
  params,
  body: rulesSaveSchema,
  response: rulesDtoSchema,
  handle: ({ viewer, params, body, request }) =>
    saveGroupingRules({
      viewer,
      projectId: params.projectId,
      input: body,
      version: expectedVersion(request, body.version),
    }),
});
