import { pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { entryInputSchema, entryListQuerySchema } from '@/lib/knowledge/entry-input-schema';
import { entrySchema, entrySummarySchema } from '@/lib/knowledge/entry-schema';
import { listEntries } from '@/lib/knowledge/list-entries.server';
import { createEntry } from '@/lib/knowledge/save-entry.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge',
  summary: 'List knowledge entries, filtered, searched and sorted',
  auth: 'read',
  query: entryListQuerySchema,
  response: pageSchema(entrySummarySchema),
  handle: ({ viewer, query, now }) => listEntries({ viewer, query, now }),
});

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge',
  summary: 'Write a new entry',
  auth: 'write',
  body: entryInputSchema,
  response: entrySchema,
  status: 201,
  handle: ({ viewer, body, now, ip }) => createEntry({ viewer, input: body, now, ip }),
});
