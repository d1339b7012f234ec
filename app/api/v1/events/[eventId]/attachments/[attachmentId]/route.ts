import { z } from 'zod';
import { fileResponse } from '@/lib/http/file-response.server';
import { route } from '@/lib/http/route.server';
import { readAttachment } from '@/lib/ingest/read-attachment.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/events/{eventId}/attachments/{attachmentId}',
  summary: 'A file that a client sent with an event',
  auth: 'read',
  params: z.object({ eventId: z.string().max(40), attachmentId: z.string().max(20) }),
  response: null,
  contentType: 'application/octet-stream',
  handle: async ({ viewer, params, request }) => {
    const { bytes, filename } = await readAttachment({ viewer, ...params });
    // Whatever the client called it: a stranger's file is never opened in the page.
    return fileResponse(request, bytes, { type: 'application/octet-stream', name: filename, download: true });
  },
});
