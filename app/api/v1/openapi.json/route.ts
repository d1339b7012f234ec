import { openApiDocument } from '@/lib/http/openapi';
import { route } from '@/lib/http/route.server';
import packageJson from '@/package.json';

export const GET = route({
  method: 'GET',
  path: '/api/v1/openapi.json',
  summary: 'This API as an OpenAPI 3.1 document',
  auth: 'public',
  response: null,
  contentType: 'application/json',
  handle: async () => {
    // Loaded when asked for: the manifest names every route, this one too.
    const { routes } = await import('../../routes');
    return Response.json(openApiDocument(routes, packageJson.version));
  },
});
