import { scopeQuerySchema, toScope } from '@/lib/analytics/analytics-scope';
import { releaseSchema } from '@/lib/analytics/release-schema';
import { listReleases } from '@/lib/analytics/releases.server';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/releases',
  summary: 'Releases with events or sessions in a period, the newest first, with how their sessions went',
  auth: 'read',
  query: scopeQuerySchema.omit({ service: true, interval: true }).extend(pageQuerySchema.shape),
  response: pageSchema(releaseSchema),
  handle: ({ viewer, query, now }) => listReleases({ viewer, scope: toScope(query, now), page: query }),
});
