import { z } from 'zod';
import { route } from '@/lib/http/route.server';
import { readImage } from '@/lib/knowledge/entry-images.server';

export const GET = route({
  method: 'GET',
  path: '/api/v1/knowledge/images/{name}',
  summary: 'A picture of an entry',
  auth: 'read',
  params: z.object({ name: z.string().max(100) }),
  response: null,
  contentType: 'image/png',
  handle: async ({ viewer, params }) => {
    const { bytes, contentType } = await readImage({ viewer, name: params.name });
    return new Response(bytes, {
      headers: {
        'content-type': contentType,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        // The name is the hash of the bytes.
        'cache-control': 'private, max-age=31536000, immutable',
      },
    });
  },
});
