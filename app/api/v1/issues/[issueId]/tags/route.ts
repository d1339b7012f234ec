import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { countTags } from '@/lib/issues/count-tags.server';
import { tagDistributionSchema } from '@/lib/issues/issue-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/tags',
  summary: 'How the tags of an issue are spread over its latest events',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  response: tagDistributionSchema,
  handle: ({ viewer, params }) => countTags({ viewer, issueId: params.issueId }),
});
