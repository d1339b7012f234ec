import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { startPass } from '@/lib/learning/learning-pass.server';

export const POST = route({
  method: 'POST',
  path: '/trigger-learning',
  summary: 'Start a learning pass',
  auth: 'write',
  response: z.object({ pass_id: z.string() }),
  status: 202,
  rateLimit: 30,
  audit: 'learning.trigger',
  handle: ({ viewer }) => startPass({ viewer, trigger: viewer.kind === 'user' ? 'manual' : 'api' }),
});
