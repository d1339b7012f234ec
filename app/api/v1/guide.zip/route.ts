import { archiveWithPictures } from '@/lib/guide/archive-pictures.server';
import { guideFiles } from '@/lib/guide/entry-file';
import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide.zip',
  summary: 'The guide as one Markdown file per entry and section, with YAML front matter, and the pictures they show',
  auth: 'read',
  query: guideFilterSchema,
  response: null,
  contentType: 'application/zip',
  handle: async ({ viewer, query, request, now }) =>
    fileResponse(request, await archiveWithPictures(guideFiles(await loadGuide({ viewer, filter: query, now }))), {
      type: 'application/zip',
      name: 'errata-guide.zip',
      download: true,
    }),
});
