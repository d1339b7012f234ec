import { z } from 'zod';
import { resetStats } from '@/lib/analytics/load-stats.server';
import { route } from '@/lib/http/route.server';

export const POST = route({
  method: 'POST',
  path: '/reset-stats',
  summary: 'Start the counters anew; no event is touched',
  auth: 'write',
  response: z.object({ since: z.iso.datetime() }),
  audit: 'stats.reset',
  handle: ({ viewer, now }) => resetStats({ viewer, now }),
});
