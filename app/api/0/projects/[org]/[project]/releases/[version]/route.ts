import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { answerRelease, toolReleaseInputSchema, toolReleaseSchema } from '@/lib/source-maps/tool-releases.server';

const params = z.object({ org: z.string(), project: z.string(), version: z.string() });
const path = '/api/0/projects/{org}/{project}/releases/{version}';

export const GET = route({
  method: 'GET',
  path,
  summary: 'A release of one project, for Sentry’s tools',
  auth: 'write',
  params,
  response: toolReleaseSchema,
  handle: ({ viewer, params: { project, version }, now }) =>
    answerRelease({ viewer, version, projects: [project], now }),
});

export const PUT = route({
  method: 'PUT',
  path,
  summary: 'Finalize a release of one project, as older tools of Sentry do',
  auth: 'write',
  params,
  body: toolReleaseInputSchema,
  response: toolReleaseSchema,
  handle: ({ viewer, params: { project, version }, body, now }) =>
    answerRelease({ viewer, version, projects: [project], dateReleased: body.dateReleased, now }),
});
