import { z } from 'zod';
import { publicOrigin } from '@/lib/http/origin.server';
import { route } from '@/lib/http/route.server';
import { SOURCE_MAP_LIMITS } from '@/lib/source-maps/limits';
import { readForm } from '@/lib/source-maps/read-form.server';
import { keepChunks } from '@/lib/source-maps/upload-chunks.server';

const params = z.object({ org: z.string() });

export const GET = route({
  method: 'GET',
  path: '/api/0/organizations/{org}/chunk-upload',
  summary: 'How Sentry’s tools are to upload; the organization may have any name',
  auth: 'write',
  params,
  response: z.looseObject({ url: z.string() }),
  handle: async ({ params: { org }, request }) => ({
    url: `${publicOrigin(request)}/api/0/organizations/${encodeURIComponent(org)}/chunk-upload/`,
    chunkSize: SOURCE_MAP_LIMITS.chunk,
    chunksPerRequest: 4,
    maxFileSize: SOURCE_MAP_LIMITS.archive,
    maxRequestSize: SOURCE_MAP_LIMITS.request,
    concurrency: 2,
    hashAlgorithm: 'sha1',
    compression: ['gzip'],
    accept: ['release_files', 'sources', 'artifact_bundles', 'artifact_bundles_v2'],
  }),
});

export const POST = route({
  method: 'POST',
  path: '/api/0/organizations/{org}/chunk-upload',
  summary: 'Upload parts of an artifact bundle, each named by its SHA-1',
  auth: 'write',
  params,
  rawBody: true,
  response: z.object({}),
  handle: async ({ viewer, request }) => {
    const form = await readForm(request, SOURCE_MAP_LIMITS.request + 64 * 1024);
    await keepChunks({ viewer, form });
    return {};
  },
});
