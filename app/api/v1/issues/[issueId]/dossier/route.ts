import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { dossierSchema } from '@/lib/learning/dossier-schema';
import { getDossier } from '@/lib/learning/get-dossier.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/issues/{issueId}/dossier',
  summary: 'The fixes of an issue before and after, and what changed where the latest did not hold',
  auth: 'read',
  params: z.object({ issueId: z.string().max(80) }),
  response: dossierSchema,
  handle: ({ viewer, params, now }) => getDossier({ viewer, issueId: params.issueId, now }),
});
