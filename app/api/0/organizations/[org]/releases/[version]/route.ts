import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { answerRelease, toolReleaseInputSchema, toolReleaseSchema } from '@/lib/source-maps/tool-releases.server';

const params = z.object({ org: z.string(), version: z.string() });
const path = '/api/0/organizations/{org}/releases/{version}';

export const GET = route({
  method: 'GET',
  path,
  summary: 'A release, for Sentry’s tools',
  auth: 'write',
  params,
  response: toolReleaseSchema,
  handle: ({ viewer, params: { version }, now }) => answerRelease({ viewer, version, projects: [], now }),
});

export const PUT = route({
  method: 'PUT',
  path,
  summary: 'Finalize a release, as Sentry’s tools do after an upload',
  auth: 'write',
  params,
  body: toolReleaseInputSchema,
  response: toolReleaseSchema,
  handle: ({ viewer, params: { version }, body, now }) =>
    answerRelease({ viewer, version, projects: body.projects ?? [], dateReleased: body.dateReleased, now }),
});
