import { z } from 'zod';
import { demoSummary, loadDemo, removeDemo } from '@/lib/demo/load-demo.server';
import { route } from '@/lib/http/route.server';

const summarySchema = z.object({
  project: z.string(),
  loaded: z.boolean(),
  events: z.number().int(),
  issues: z.number().int(),
  entries: z.number().int(),
});

export const GET = route({
  method: 'GET',
  path: '/api/v1/demo',
  summary: 'Whether the sample data is loaded',
  auth: 'read',
  response: summarySchema,
  handle: () => demoSummary(),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/demo',
  summary: 'Load the sample data; loading it twice changes nothing',
  auth: 'admin',
  response: summarySchema,
  handle: ({ viewer, now }) => loadDemo({ viewer, now }),
});

export const DELETE = route({
  method: 'DELETE',
  path: '/api/v1/demo',
  summary: 'Remove the sample data, whole',
  auth: 'admin',
  response: summarySchema,
  handle: ({ viewer }) => removeDemo({ viewer }),
});
