import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { entryIssueSchema, entryParamsSchema } from '@/lib/knowledge/entry-input-schema';
import { listEntryIssues } from '@/lib/knowledge/list-entry-issues.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/{entryId}/issues',
  summary: 'Issues the entry was applied to, and what became of each fix',
  auth: 'read',
  params: entryParamsSchema,
  query: pageQuerySchema,
  response: pageSchema(entryIssueSchema),
  handle: ({ viewer, params, query }) => listEntryIssues({ viewer, id: params.entryId, query }),
});
