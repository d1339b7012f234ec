import { statsSchema } from '@/lib/analytics/analytics-schema';
import { loadStats } from '@/lib/analytics/load-stats.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/stats',
  summary: 'Counters since the last reset',
  auth: 'read',
  response: statsSchema,
  handle: ({ viewer }) => loadStats({ viewer }),
});
