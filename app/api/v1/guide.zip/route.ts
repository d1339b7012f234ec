import { guideFiles } from '@/lib/guide/entry-file';
import { guideArchive } from '@/lib/guide/guide-archive';
import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide.zip',
  summary: 'The guide as one Markdown file per entry and section, with YAML front matter',
  auth: 'read',
  query: guideFilterSchema,
  response: null,
  contentType: 'application/zip',
  handle: async ({ viewer, query, request, now }) =>
    fileResponse(request, guideArchive(guideFiles(await loadGuide({ viewer, filter: query, now }))), {
      type: 'application/zip',
      name: 'errata-guide.zip',
      download: true,
    }),
});
