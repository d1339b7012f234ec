import { z } from 'zod';
import { setGroupingVersion } from '@/lib/grouping/grouping-rules.server';
import { route } from '@/lib/http/route.server';

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/projects/{projectId}/grouping-version',
  summary: 'Go over to another version of grouping; for 90 days events are grouped by both',
  auth: 'admin',
  params: z.object({ projectId: z.string().max(60) }),
  body: z.object({ version: z.string().max(40) }),
  response: z.object({
    version: z.string(),
    transition: z.object({ from: z.string(), until: z.iso.datetime() }).nullable(),
    available: z.array(z.string()),
  }),
  handle: ({ viewer, params, body, now }) =>
    setGroupingVersion({ viewer, projectId: params.projectId, version: body.version, now }),
});
