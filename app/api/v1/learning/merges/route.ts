import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { listMerges } from '@/lib/learning/merge-entries.server';
import { entryMergeSchema, mergeFilterSchema } from '@/lib/learning/merge-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/merges',
  summary: 'Entries that say the same, most alike first',
  auth: 'read',
  query: mergeFilterSchema,
  response: pageSchema(entryMergeSchema),
  handle: async ({ viewer, query }) => ({
    data: await listMerges({ viewer, status: query.status }),
    next_cursor: null,
  }),
});
