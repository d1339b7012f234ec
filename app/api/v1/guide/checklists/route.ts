import { z } from 'zod';
import { listChecklistSections } from '@/lib/guide/issue-checklists.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide/checklists',
  summary: 'Guide sections with a list that can be ticked off on an issue',
  auth: 'read',
  response: z.object({
    data: z.array(z.object({ slug: z.string(), title: z.string(), items: z.number().int() })),
    next_cursor: z.null(),
  }),
  handle: async ({ viewer }) => ({ data: await listChecklistSections({ viewer }), next_cursor: null }),
});
