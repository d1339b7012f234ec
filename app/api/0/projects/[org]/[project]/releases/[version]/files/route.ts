import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { SOURCE_MAP_LIMITS } from '@/lib/source-maps/limits';
import { readForm } from '@/lib/source-maps/read-form.server';
import { keepReleaseFile, listReleaseFiles, releaseFileSchema } from '@/lib/source-maps/release-files.server';

const params = z.object({ org: z.string(), project: z.string(), version: z.string() });
const path = '/api/0/projects/{org}/{project}/releases/{version}/files';

export const GET = route({
  method: 'GET',
  path,
  summary: 'Files of a release, for older tools of Sentry',
  auth: 'read',
  params,
  response: z.array(releaseFileSchema),
  handle: ({ viewer, params: { project, version } }) => listReleaseFiles({ viewer, project, release: version }),
});

export const POST = route({
  method: 'POST',
  path,
  summary: 'Upload one file of a release, as older tools of Sentry do',
  auth: 'write',
  params,
  rawBody: true,
  response: releaseFileSchema,
  status: 201,
  handle: async ({ viewer, params: { project, version }, request, now }) => {
    const form = await readForm(request, SOURCE_MAP_LIMITS.map + 64 * 1024);
    return keepReleaseFile({ viewer, project, release: version, form, now });
  },
});
