import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { listReferences } from '@/lib/knowledge/list-references.server';
import { referenceQuerySchema, referenceSchema } from '@/lib/knowledge/reference-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/references',
  summary: 'Entries, issues and releases that a few letters may mean, for completion while writing',
  auth: 'read',
  query: referenceQuerySchema,
  response: z.object({ data: z.array(referenceSchema), next_cursor: z.null() }),
  handle: async ({ viewer, query, now }) => ({ data: await listReferences({ viewer, query, now }), next_cursor: null }),
});
