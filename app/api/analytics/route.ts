import { reportSchema } from '@/lib/analytics/analytics-schema';
import { scopeQuerySchema, toScope } from '@/lib/analytics/analytics-scope';
import { loadReport } from '@/lib/analytics/report.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/analytics',
  summary: 'The full analytics report of a period',
  auth: 'read',
  query: scopeQuerySchema,
  response: reportSchema,
  handle: ({ viewer, query, now }) => loadReport({ viewer, scope: toScope(query, now) }),
});
