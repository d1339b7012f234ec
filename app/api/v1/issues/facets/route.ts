import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { countFacets } from '@/lib/issues/count-facets.server';
import { facetsSchema } from '@/lib/issues/issue-schema';
import { rangeQuerySchema, toOptionalRange } from '@/lib/issues/range-query';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/facets',
  summary: 'Count the issues of a query by status, service, environment and level',
  auth: 'read',
  query: rangeQuerySchema.extend({
    query: z.string().max(2000).default(''),
    project: z.string().max(100).optional(),
    environment: z.string().max(100).optional(),
    service: z.string().max(200).optional(),
  }),
  response: facetsSchema,
  handle: ({ viewer, query, now }) =>
    countFacets({ viewer, filter: { ...query, range: toOptionalRange(query, now) }, now }),
});
