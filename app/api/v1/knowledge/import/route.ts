import { route } from '@/lib/http/route.server';
import { importDocuments } from '@/lib/knowledge/import-document.server';
import { importQuerySchema, importReportSchema } from '@/lib/knowledge/import-schema';
import { readImportBody } from '@/lib/knowledge/read-import-body.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/import',
  summary: 'Import Markdown documents or JSON entries; a repeat updates what it made before',
  auth: 'write',
  query: importQuerySchema,
  rawBody: true,
  response: importReportSchema,
  handle: async ({ viewer, query, request, now, ip }) => {
    const body = await readImportBody(request, query.document);
    const { dry_run: dryRun, publish, document = null } = query;
    return importDocuments({ viewer, ...body, document, dryRun, publish, now, ip });
  },
});
