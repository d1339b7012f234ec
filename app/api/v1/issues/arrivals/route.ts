import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { countArrivals } from '@/lib/issues/count-arrivals.server';
import { arrivalsSchema } from '@/lib/issues/issue-schema';
import { rangeQuerySchema, toOptionalRange } from '@/lib/issues/range-query';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/arrivals',
  summary: 'Count the issues of a query that are new, or have new events, since an instant',
  auth: 'read',
  query: rangeQuerySchema.extend({
    query: z.string().max(2000).default(''),
    project: z.string().max(100).optional(),
    environment: z.string().max(100).optional(),
    service: z.string().max(200).optional(),
    since: z.iso.datetime({ offset: true, error: 'expected an instant such as 2026-05-01T12:00:00Z' }),
  }),
  response: arrivalsSchema,
  handle: ({ viewer, query, now }) =>
    countArrivals({
      viewer,
      filter: { ...query, range: toOptionalRange(query, now) },
      since: new Date(query.since),
      now,
    }),
});
