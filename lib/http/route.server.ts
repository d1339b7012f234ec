import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { z } from 'zod';
import { viewerFromRequest } from '../auth/get-viewer.server';
import type { Scope } from '../auth/permissions';
import { recordAudit } from '../auth/record-audit.server';
import { assertCan, type Viewer } from '../auth/viewer';
import { env } from '../env.server';
import { AppError } from '../errors';
import { log } from '../log.server';
import { publicOrigin } from './origin.server';
import { problemResponse, validationError } from './problem';
import { storableJson } from './storable-json';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RouteContext<P, Q, B, V> {
  viewer: V;
  params: P;
  query: Q;
  body: B;
  request: Request;
  /** Address of the caller, as the front process saw it. */
  ip: string;
  now: Date;
}

export interface RouteDefinition<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends 'public' | Scope,
> {
  method: Method;
  /** As in OpenAPI: `/api/v1/issues/{issueId}`. */
  path: string;
  summary: string;
  /** `public`, or the scope a token or a role must have. */
  auth: A;
  params?: P;
  query?: Q;
  /** Schema of a JSON body. Leave out for none, or with `rawBody` for anything else (read `request` yourself). */
  body?: B;
  rawBody?: boolean;
  /** Bytes of a JSON body; default 4 MiB. */
  maxBody?: number;
  /**
   * What a success answers; also checked against outside production. `null` where the handler returns a Response. Its
   * `version` is the ETag too, to send back in `If-Match`.
   */
  response: R | null;
  /** Media type of a Response that is not JSON, for the documentation. */
  contentType?: string;
  status?: 200 | 201 | 202 | 204;
  /** Calls a minute, per caller. */
  rateLimit?: number;
  /** Writes an audit line under this name when the call succeeds; the target is the last path parameter. */
  audit?: string;
  handle: (
    context: RouteContext<z.output<P>, z.output<Q>, z.output<B>, A extends 'public' ? Viewer | null : Viewer>,
  ) => Promise<z.input<R> | Response>;
}

type AnyDefinition = RouteDefinition<z.ZodType, z.ZodType, z.ZodType, z.ZodType, 'public' | Scope>;
type NextContext = { params: Promise<Record<string, string | string[]>> };

export interface RouteHandler {
  (request: Request, context: NextContext): Promise<Response>;
  definition: AnyDefinition;
}

const JSON_LIMIT = 4 * 1024 * 1024;

/**
 * One API call, declared: who may make it, what it takes and answers. Handlers only translate: they call one use case.
 * Everything that goes wrong comes back as problem+json.
 */
export function route<
  P extends z.ZodType = z.ZodObject,
  Q extends z.ZodType = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodType,
  A extends 'public' | Scope = Scope,
>(definition: RouteDefinition<P, Q, B, R, A>): RouteHandler {
  const limiter = definition.rateLimit ? new RateLimiterMemory({ points: definition.rateLimit, duration: 60 }) : null;

  const handler = async (request: Request, context: NextContext): Promise<Response> => {
    try {
      const ip = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
      const viewer = await authenticate(request, definition.auth);
      if (limiter) await limit(limiter, viewer?.id ?? ip);
      const url = new URL(request.url);
      const params = parse(definition.params, decodeParams(await context.params), 'params');
      const query = parse(definition.query, Object.fromEntries(url.searchParams), 'query');
      const body = definition.body
        ? parse(definition.body, await readJson(request, definition.maxBody ?? JSON_LIMIT), 'body')
        : undefined;
      const result = await definition.handle({
        viewer: viewer as never,
        params: params as z.output<P>,
        query: query as z.output<Q>,
        body: body as z.output<B>,
        request,
        ip,
        now: new Date(),
      });
      if (definition.audit && viewer) {
        const target = Object.values((params ?? {}) as Record<string, unknown>).at(-1);
        await recordAudit({ viewer, action: definition.audit, target: target === undefined ? '' : String(target), ip });
      }
      return respond(definition as unknown as AnyDefinition, result);
    } catch (error) {
      return problemResponse(toAppError(error, request));
    }
  };
  return Object.assign(handler, { definition: definition as unknown as AnyDefinition });
}

async function authenticate(request: Request, auth: 'public' | Scope): Promise<Viewer | null> {
  const viewer = await viewerFromRequest(request);
  if (auth === 'public') return viewer;
  if (!viewer)
    throw new AppError('unauthenticated', 'Sign in, or send an API token as `Authorization: Bearer errata_…`.');
  if (viewer.kind === 'user' && request.method !== 'GET') refuseOtherSites(request);
  assertCan(viewer, auth);
  return viewer;
}

/**
 * The session cookie is SameSite=Lax already; this also stops a sibling subdomain. Browsers tell the site over https and
 * on localhost; elsewhere they tell the origin.
 */
function refuseOtherSites(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site) {
    if (site === 'same-origin' || site === 'none') return;
    throw new AppError('forbidden', 'This call came from another site.');
  }
  const origin = request.headers.get('origin');
  const own = publicOrigin(request);
  if (origin === null || origin.replace(/^https?:/, '') === own.replace(/^https?:/, '')) return;
  throw new AppError(
    'forbidden',
    `This call came from ${origin}, and this is ${own}. If people come through a proxy, ERRATA_PUBLIC_URL says where.`,
  );
}

async function limit(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    const wait = Math.ceil(((refusal as { msBeforeNext?: number }).msBeforeNext ?? 60_000) / 1000);
    throw new AppError('rate_limited', `Too many calls; try again in ${wait} seconds.`, { retryAfter: wait });
  }
}

/** Next hands over dynamic segments still percent-encoded. */
function decodeParams(params: Record<string, string | string[]>): Record<string, string | string[]> {
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([k, v]) => [k, Array.isArray(v) ? v.map(decode) : decode(v)]),
  );
}

function parse(schema: z.ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  if (!schema) return value;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw validationError(result.error, part);
}

/** Reads a JSON body of at most `max` bytes. @throws AppError `payload_too_large` | `bad_request`. */
export async function readJson(request: Request, max: number): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(request, max));
  if (!text.trim()) return {};
  try {
    return JSON.parse(storableJson(text));
  } catch (cause) {
    throw new AppError('bad_request', `The body is not valid JSON: ${(cause as Error).message}.`, { cause });
  }
}

/** @throws AppError `payload_too_large` as soon as more than `max` bytes have come, whatever was announced. */
export async function readBytes(request: Request, max: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > max)
      throw new AppError('payload_too_large', `The body is larger than ${Math.floor(max / 1024 / 1024)} MiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function respond(definition: AnyDefinition, result: unknown): Response {
  if (result instanceof Response) return result;
  if (definition.response && env().NODE_ENV !== 'production') definition.response.parse(result);
  if (definition.status === 204) return new Response(null, { status: 204 });
  const version = (result as { version?: unknown } | null)?.version;
  const headers = { 'cache-control': 'no-store', ...(Number.isInteger(version) ? { etag: `"${version}"` } : {}) };
  return Response.json(result, { status: definition.status ?? 200, headers });
}

function toAppError(error: unknown, request: Request): AppError {
  const known = error instanceof AppError ? error : new AppError('internal', 'Something went wrong.', { cause: error });
  if (known.status >= 500)
    log().error(
      { err: known.cause ?? known, method: request.method, path: new URL(request.url).pathname },
      known.message,
    );
  return known;
}

/** The version a write is based on, from `If-Match: "7"` or the body's `version`; undefined when the caller did not say. */
export function expectedVersion(request: Request, bodyVersion?: number): number | undefined {
  const header = /"?(\d+)"?$/.exec(request.headers.get('if-match') ?? '')?.[1];
  return header ? Number(header) : bodyVersion;
}
