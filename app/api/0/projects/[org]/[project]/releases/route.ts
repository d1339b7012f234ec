import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route.server';
import { answerRelease, toolReleaseInputSchema, toolReleaseSchema } from '@/lib/source-maps/tool-releases.server';

export const POST = route({
  method: 'POST',
  path: '/api/0/projects/{org}/{project}/releases',
  summary: 'Name a release of one project, as older tools of Sentry do',
  auth: 'write',
  params: z.object({ org: z.string(), project: z.string() }),
  body: toolReleaseInputSchema,
  response: toolReleaseSchema,
  status: 201,
  handle: ({ viewer, params: { project }, body, now }) => {
    if (body.version === undefined)
      throw new AppError('validation_failed', 'version: expected the name of the release', {
        errors: [{ field: 'version', message: 'expected the name of the release' }],
      });
    return answerRelease({
      viewer,
      version: body.version,
      projects: [project],
      dateReleased: body.dateReleased,
      now,
    });
  },
});
