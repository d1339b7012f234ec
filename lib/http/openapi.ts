import type { z } from 'zod';
import { createDocument, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemSchema } from './problem';

/** What the document needs of a route; `RouteDefinition` has it. */
export interface DocumentedRoute {
  method: string;
  path: string;
  summary: string;
  auth: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType | null;
  contentType?: string;
  status?: number;
}

const PROBLEMS: Record<string, string> = {
  400: 'The query or the body cannot be read',
  401: 'No valid session or token',
  403: 'The scope is missing',
  404: 'No such thing',
  409: 'Changed in the meantime',
  413: 'The body is too large',
  422: 'A field is wrong; `errors` names it',
  429: 'Too many calls; `Retry-After` says for how long',
};

function responses(definition: DocumentedRoute): ZodOpenApiResponsesObject {
  const status = String(definition.status ?? 200);
  const media = definition.contentType ?? 'application/json';
  const success = {
    description: definition.summary,
    ...(status === '204'
      ? {}
      : {
          content: {
            [media]: definition.response ? { schema: definition.response } : { schema: { type: 'string' as const } },
          },
        }),
  };
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problemSchema } },
  });
  return {
    [status]: success,
    ...Object.fromEntries(Object.entries(PROBLEMS).map(([code, text]) => [code, problem(text)])),
  };
}

/** `get /api/v1/issues/{issueId}` → `getIssuesByIssueId`: stable as long as the address is. */
function operationId({ method, path }: DocumentedRoute): string {
  const words = path
    .replace(/^\/api(?:\/v1)?/, '')
    .replaceAll('{', 'by-')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

/** The OpenAPI 3.1 document of all routes, from the schemas that validate them. */
export function openApiDocument(definitions: readonly DocumentedRoute[], version: string): unknown {
  const paths: ZodOpenApiPathsObject = {};
  for (const definition of definitions) {
    paths[definition.path] ??= {};
    Object.assign(paths[definition.path] as object, {
      [definition.method.toLowerCase()]: {
        operationId: operationId(definition),
        summary: definition.summary,
        description: definition.auth === 'public' ? 'Open to everybody.' : `Needs the \`${definition.auth}\` scope.`,
        security: definition.auth === 'public' ? [] : [{ token: [] }, { session: [] }],
        requestParams: {
          ...(definition.params ? { path: definition.params } : {}),
          ...(definition.query ? { query: definition.query } : {}),
        },
        ...(definition.body ? { requestBody: { content: { 'application/json': { schema: definition.body } } } } : {}),
        responses: responses(definition),
      },
    });
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Errata',
      version,
      description: 'Errors in, known fixes out. Errors come back as RFC 9457 problem documents with a stable `code`.',
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'API token, `errata_…`' },
        session: { type: 'apiKey', in: 'cookie', name: 'errata.session' },
      },
    },
    paths,
  });
}
