import { publishingSchema, publishSettingsSchema } from '@/lib/guide/publish-schema';
import { getPublishing, putPublishing } from '@/lib/guide/publish-settings.server';
import { route } from '@/lib/http/route.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/guide/publishing',
  summary: 'Where and when the guide is published, and how the last run went',
  auth: 'admin',
  response: publishingSchema,
  handle: ({ viewer }) => getPublishing({ viewer }),
});

export const PUT = route({
  method: 'PUT',
  path: '/api/v1/guide/publishing',
  summary: 'Publish the guide to a folder or a git checkout',
  auth: 'admin',
  body: publishSettingsSchema,
  response: publishingSchema,
  handle: ({ viewer, body, ip }) => putPublishing({ viewer, settings: body, ip }),
});
