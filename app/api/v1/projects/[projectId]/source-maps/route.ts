import { z } from 'zod';
import { readBytes, route } from '@/lib/http/route.server';
import { keepUpload, projectNumber } from '@/lib/source-maps/keep-upload.server';
import { SOURCE_MAP_LIMITS } from '@/lib/source-maps/limits';
import { listSourceMapReleases } from '@/lib/source-maps/list-releases.server';
import { deleteSourceMaps } from '@/lib/source-maps/prune-maps.server';
import {
  sourceMapDeleteQuerySchema,
  sourceMapReleasePageSchema,
  sourceMapUploadQuerySchema,
  sourceMapUploadSchema,
} from '@/lib/source-maps/source-map-schema';

const params = z.object({ projectId: z.string() });
const path = '/api/v1/projects/{projectId}/source-maps';

export const GET = route({
  method: 'GET',
  path,
  summary: 'Releases that have source maps',
  auth: 'read',
  params,
  response: sourceMapReleasePageSchema,
  handle: async ({ viewer, params: { projectId } }) => ({
    data: await listSourceMapReleases({ viewer, projectId: await projectNumber(projectId) }),
    next_cursor: null,
  }),
});

export const POST = route({
  method: 'POST',
  path,
  summary: 'Upload source maps of a release: a zip of scripts and maps, or one map',
  auth: 'write',
  params,
  query: sourceMapUploadQuerySchema,
  rawBody: true,
  response: sourceMapUploadSchema,
  status: 201,
  handle: async ({ viewer, params: { projectId }, query, request, now }) => {
    const project = await projectNumber(projectId);
    const bytes = await readBytes(request, SOURCE_MAP_LIMITS.archive);
    return keepUpload({ viewer, projectId: project, bytes, of: query, now });
  },
});

export const DELETE = route({
  method: 'DELETE',
  path,
  summary: 'Delete the source maps of a release',
  auth: 'write',
  params,
  query: sourceMapDeleteQuerySchema,
  response: null,
  status: 204,
  handle: async ({ viewer, params: { projectId }, query }) => {
    await deleteSourceMaps({ viewer, projectId: await projectNumber(projectId), ...query });
    return new Response(null, { status: 204 });
  },
});
