import type { ServerResponse } from 'node:http';
import { AppError } from '../errors';
import { PROBLEM_TYPE, toProblem } from '../http/problem';
import { log } from '../log.server';
import { QueueFull } from './group-commit';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
};
const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'X-Errata-Key, X-Sentry-Auth, X-Requested-With, X-Forwarded-For, Origin, Referer, Accept, Content-Type, Authentication, Authorization, Content-Encoding, Transfer-Encoding, sentry-trace, baggage',
  'access-control-max-age': '3600',
};

const RETRY_AFTER_S = 2;

/** Answers with a body that is encoded already, readable from any origin. */
export function sendBody(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string>,
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...CORS,
    ...headers,
  });
  response.end(body);
}

/** Answers with JSON, readable from any origin. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  sendBody(response, status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

/** Headers that a failure needs, whatever form its body has. */
export function errorHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.retryAfter !== undefined) headers['retry-after'] = String(error.retryAfter);
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  if (error.status === 405) headers.allow = 'POST, OPTIONS';
  // The rest of a body that was not read would be taken for the next request.
  if (error.status === 413) headers.connection = 'close';
  return headers;
}

/** Answers with a problem document. */
export function sendProblem(response: ServerResponse, error: AppError): void {
  sendJson(response, error.status, toProblem(error), { 'content-type': PROBLEM_TYPE, ...errorHeaders(error) });
}

/** Tells a browser that it may send from anywhere. */
export function sendPreflight(response: ServerResponse): void {
  response.writeHead(204, PREFLIGHT);
  response.end();
}

/** Any failure as what the caller is told. The database being away is no fault of the report: come back later. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof QueueFull) return new AppError('unavailable', error.message, { retryAfter: RETRY_AFTER_S });
  log().error({ err: error }, 'Events could not be stored');
  return new AppError('unavailable', 'The database is not available; nothing was stored.', {
    cause: error,
    retryAfter: RETRY_AFTER_S,
  });
}
