import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { renderGuide } from '@/lib/guide/render-guide';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide.md',
  summary: 'The guide as one Markdown document',
  auth: 'read',
  query: guideFilterSchema,
  response: null,
  contentType: 'text/markdown',
  handle: async ({ viewer, query, request, now }) =>
    fileResponse(request, renderGuide(await loadGuide({ viewer, filter: query, now })), {
      type: 'text/markdown; charset=utf-8',
      name: 'ERROR_PREVENTION_GUIDE.md',
    }),
});
