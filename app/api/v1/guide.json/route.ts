import { z } from 'zod';
import { guideJson, knowledgeBaseJson } from '@/lib/guide/guide-json';
import { guideFilterSchema } from '@/lib/guide/guide-schema';
import { loadGuide } from '@/lib/guide/load-guide.server';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';

const querySchema = guideFilterSchema.extend({
  /** `guide`: all of it, to be imported again; `knowledge-base`: its entries as `error_knowledge_base.json`. */
  format: z.enum(['guide', 'knowledge-base'], { error: 'expected guide or knowledge-base' }).default('guide'),
});

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide.json',
  summary: 'The guide as JSON, or its entries as error_knowledge_base.json',
  auth: 'read',
  query: querySchema,
  response: null,
  contentType: 'application/json',
  handle: async ({ viewer, query: { format, ...filter }, request, now }) => {
    const guide = await loadGuide({ viewer, filter, now });
    const isGuide = format === 'guide';
    return fileResponse(request, isGuide ? guideJson(guide) : knowledgeBaseJson(guide), {
      type: 'application/json; charset=utf-8',
      name: isGuide ? 'errata-guide.json' : 'error_knowledge_base.json',
      download: true,
    });
  },
});
