import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { assembleAnswerSchema, assembleBundle, assembleBundleSchema } from '@/lib/source-maps/assemble-bundle.server';

export const POST = route({
  method: 'POST',
  path: '/api/0/organizations/{org}/artifactbundle/assemble',
  summary: 'Put an artifact bundle of Sentry’s tools together from its parts',
  auth: 'write',
  params: z.object({ org: z.string() }),
  body: assembleBundleSchema,
  response: assembleAnswerSchema,
  handle: ({ viewer, body, now }) => assembleBundle({ viewer, request: body, now }),
});
