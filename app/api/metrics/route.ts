import { renderMetrics } from '@/lib/analytics/render-metrics.server';
import { route } from '@/lib/http/route.server';
import packageJson from '@/package.json';

export const GET = route({
  method: 'GET',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  auth: 'read',
  response: null,
  contentType: 'text/plain',
  handle: async ({ viewer, now }) => {
    const { body, contentType } = await renderMetrics({ viewer, now, version: packageJson.version });
    return new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
  },
});
