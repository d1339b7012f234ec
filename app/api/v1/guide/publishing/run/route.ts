import { z } from 'zod';
import { requestPublish } from '@/lib/guide/publish-queue.server';
import { route } from '@/lib/http/route.server';

export const POST = route({
  method: 'POST',
  path: '/api/v1/guide/publishing/run',
  summary: 'Publish the guide now',
  auth: 'admin',
  status: 202,
  response: z.object({ queued: z.literal(true) }),
  audit: 'guide.publish',
  handle: ({ viewer }) => requestPublish({ viewer }),
});
