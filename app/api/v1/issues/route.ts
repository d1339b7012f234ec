import { z } from 'zod';
import { pageQuerySchema, pageSchema } from '@/lib/http/pagination';
import { route } from '@/lib/http/route.server';
import { issueRowSchema } from '@/lib/issues/issue-schema';
import { ISSUE_SORTS, listIssues } from '@/lib/issues/list-issues.server';
import { rangeQuerySchema, toOptionalRange, toRange } from '@/lib/issues/range-query';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues',
  summary: 'List issues that match a query',
  auth: 'read',
  query: pageQuerySchema.extend({
    query: z.string().max(2000).default(''),
    sort: z.enum(ISSUE_SORTS, `expected one of ${ISSUE_SORTS.join(', ')}`).default('last_seen'),
    project: z.string().max(100).optional(),
    environment: z.string().max(100).optional(),
    service: z.string().max(200).optional(),
    ...rangeQuerySchema.shape,
  }),
  response: pageSchema(issueRowSchema),
  handle: ({ viewer, query, now }) =>
    listIssues({
      viewer,
      filter: { ...query, range: toOptionalRange(query, now) },
      sort: query.sort,
      page: query,
      sparkline: toRange(query, now),
      now,
    }),
});
