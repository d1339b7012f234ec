import { z } from 'zod';
import { projectDropsSchema } from '@/lib/analytics/drop-schema';
import { projectDrops } from '@/lib/analytics/project-drops.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/projects/{projectId}/drops',
  summary: 'What SDKs, inbound filters and Errata itself threw away instead of making it an event',
  auth: 'read',
  params: z.object({ projectId: z.string().max(60) }),
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(7) }),
  response: projectDropsSchema,
  handle: ({ viewer, params, query, now }) =>
    projectDrops({ viewer, projectId: params.projectId, days: query.days, now }),
});
