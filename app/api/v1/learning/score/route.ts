import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { rangeQuerySchema, toRange } from '@/lib/issues/range-query';
import { learningScore } from '@/lib/learning/learning-score.server';
import { learningScoreSchema } from '@/lib/learning/score-schema';

export const GET = route({
  method: 'GET',
  path: '/api/v1/learning/score',
  summary: 'How well Errata knows, suggests and drafts: coverage, precision, calibration, speed, drafts, verdicts',
  auth: 'read',
  query: rangeQuerySchema.extend({ project: z.string().max(100).optional() }),
  response: learningScoreSchema,
  handle: ({ viewer, query, now }) => learningScore({ viewer, range: toRange(query, now), project: query.project }),
});
