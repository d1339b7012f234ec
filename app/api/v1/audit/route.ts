import { auditLineSchema, listAudit } from '@/lib/auth/list-audit.server';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'The audit log, newest first',
  auth: 'admin',
  query: pageQuerySchema,
  response: pageSchema(auditLineSchema),
  handle: ({ viewer, query }) => listAudit({ viewer, page: query }),
});
