import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { importLabelsSchema } from '@/lib/knowledge/import-labels';
import { getImportLabels, putImportLabels } from '@/lib/knowledge/import-labels.server';

const labelsSchema = z.strictObject({ labels: importLabelsSchema });

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/labels',
  summary: 'The team’s own field labels, which imports read besides the usual ones',
  auth: 'read',
  response: labelsSchema,
  handle: async () => ({ labels: await getImportLabels() }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/knowledge/labels',
  summary: 'Replace the team’s own field labels',
  auth: 'review',
  body: labelsSchema,
  response: labelsSchema,
  handle: async ({ viewer, body, ip }) => ({ labels: await putImportLabels({ viewer, labels: body.labels, ip }) }),
});
