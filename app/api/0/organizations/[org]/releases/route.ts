import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route.server';
import { answerRelease, toolReleaseInputSchema, toolReleaseSchema } from '@/lib/source-maps/tool-releases.server';

export const POST = route({
  method: 'POST',
  path: '/api/0/organizations/{org}/releases',
  summary: 'Name a release, as Sentry’s tools do before an upload; Errata knows releases by their events',
  auth: 'write',
  params: z.object({ org: z.string() }),
  body: toolReleaseInputSchema,
  response: toolReleaseSchema,
  status: 201,
  handle: ({ viewer, body, now }) => {
    if (body.version === undefined)
      throw new AppError('validation_failed', 'version: expected the name of the release', {
        errors: [{ field: 'version', message: 'expected the name of the release' }],
      });
    return answerRelease({
      viewer,
      version: body.version,
      projects: body.projects ?? [],
      dateReleased: body.dateReleased,
      now,
    });
  },
});
