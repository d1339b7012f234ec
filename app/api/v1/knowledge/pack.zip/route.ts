import { exportPack } from '@/lib/guide/export-pack.server';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';
import { packExportQuerySchema } from '@/lib/knowledge/pack-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/pack.zip',
  summary: 'Entries as a pack that another Errata applies',
  auth: 'read',
  query: packExportQuerySchema,
  response: null,
  contentType: 'application/zip',
  handle: async ({ viewer, query: { ids, category, tag, ...info }, request, now }) =>
    fileResponse(request, await exportPack({ viewer, info, filter: { ids, category, tag }, now }), {
      type: 'application/zip',
      name: `${info.name}-${info.version}.zip`,
      download: true,
    }),
});
