import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { listValues } from '@/lib/issues/list-values.server';
import { VALUE_KEYS } from '@/lib/issues/suggest-query';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/values',
  summary: 'The values of a condition that begin as typed, for completing a query',
  auth: 'read',
  query: z.object({
    key: z.union(
      [z.enum(VALUE_KEYS), z.literal('tag'), z.templateLiteral(['tag.', z.string().regex(/^[\w.-]{1,100}$/)])],
      `expected one of ${VALUE_KEYS.join(', ')}, tag, or tag. and the name of a tag`,
    ),
    prefix: z.string().max(200).default(''),
    project: z.string().max(100).optional(),
  }),
  response: z.object({
    data: z.array(z.object({ value: z.string(), count: z.number().int() })),
    next_cursor: z.null(),
  }),
  handle: async ({ viewer, query }) => ({ data: await listValues({ viewer, ...query }), next_cursor: null }),
});
