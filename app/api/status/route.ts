import { loadStatus, statusSchema } from '@/lib/analytics/load-status.server';
import { route } from '@/lib/http/route.server';
import packageJson from '@/package.json';

export const GET = route({
  method: 'GET',
  path: '/status',
  summary: 'How each component is doing',
  auth: 'read',
  response: statusSchema,
  handle: ({ viewer, now }) => loadStatus({ viewer, now, version: packageJson.version }),
});
