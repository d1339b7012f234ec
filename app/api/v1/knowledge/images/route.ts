import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { readBytes, route } from '@/lib/http/route.server';
import { addImage } from '@/lib/knowledge/entry-images.server';
import { IMAGE_LIMIT } from '@/lib/knowledge/image-type';

export const POST = route({
  method: 'POST',
  path: '/api/v1/knowledge/images',
  summary:
    'Keep a picture (PNG, JPEG, GIF or WebP, at most 5 MiB) for use in an entry; the body is its bytes, or a form with `file`',
  auth: 'write',
  rawBody: true,
  response: z.object({ url: z.string(), content_type: z.string(), size: z.number().int() }),
  status: 201,
  rateLimit: 60,
  handle: async ({ viewer, request, now }) => addImage({ viewer, bytes: await readPicture(request), now }),
});

/** What a form adds around the file. */
const FORM_OVERHEAD = 64 * 1024;

async function readPicture(request: Request): Promise<Uint8Array> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return readBytes(request, IMAGE_LIMIT);
  const bytes = await readBytes(request, IMAGE_LIMIT + FORM_OVERHEAD);
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File)) throw new AppError('validation_failed', 'file: expected a picture in the field `file`.');
  return new Uint8Array(await file.arrayBuffer());
}
