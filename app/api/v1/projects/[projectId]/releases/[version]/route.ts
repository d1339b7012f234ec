import { z } from 'zod';
import { scopeQuerySchema, toScope } from '@/lib/analytics/analytics-scope';
import { releaseHealth } from '@/lib/analytics/release-health.server';
import { releaseDetailSchema } from '@/lib/analytics/release-schema';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/projects/{projectId}/releases/{version}',
  summary: 'One release: its sessions by day, the issues it brought and those resolved in it',
  auth: 'read',
  params: z.object({ projectId: z.string().max(60), version: z.string().max(260) }),
  query: scopeQuerySchema.omit({ service: true, interval: true, project: true }),
  response: releaseDetailSchema,
  handle: ({ viewer, params, query, now }) =>
    releaseHealth({
      viewer,
      project: params.projectId,
      version: params.version,
      scope: toScope({ ...query, project: params.projectId }, now),
    }),
});
