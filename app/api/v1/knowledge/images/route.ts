import { z } from 'zod';
import { readBytes, route } from '@/lib/http/route.server';
import { addImage } from '@/lib/knowledge/entry-images.server';
import { IMAGE_LIMIT } from '@/lib/knowledge/image-type';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/images',
  summary: 'Keep a picture (PNG, JPEG, GIF or WebP, at most 5 MiB) for use in an entry; the body is its bytes',
  auth: 'write',
  rawBody: true,
  response: z.object({ url: z.string(), content_type: z.string(), size: z.number().int() }),
  status: 201,
  rateLimit: 60,
  handle: async ({ viewer, request, now }) => addImage({ viewer, bytes: await readBytes(request, IMAGE_LIMIT), now }),
});
