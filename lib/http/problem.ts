import { z } from 'zod';
import { AppError, type ErrorCode, type FieldError } from '../errors';

/** RFC 9457, with our stable `code` and, for input, what was wrong field by field. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const TITLES: Record<ErrorCode, string> = {
  bad_request: 'Bad request',
  invalid_cursor: 'Invalid cursor',
  invalid_query: 'Invalid query',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflict',
  version_conflict: 'Changed in the meantime',
  gone: 'Gone',
  payload_too_large: 'Too large',
  unsupported_media_type: 'Unsupported media type',
  validation_failed: 'Invalid input',
  rate_limited: 'Too many requests',
  internal: 'Internal error',
  unavailable: 'Not available',
};

export function toProblem(error: AppError): Problem {
  return {
    type: `urn:errata:problem:${error.code}`,
    title: TITLES[error.code],
    status: error.status,
    code: error.code,
    detail:
      error.status >= 500 && error.code === 'internal'
        ? 'Something went wrong on our side. The server log has the details.'
        : error.message,
    ...(error.errors ? { errors: error.errors } : {}),
    ...error.extra,
  };
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemResponse(error: AppError, headers: HeadersInit = {}): Response {
  const all = new Headers(headers);
  all.set('content-type', PROBLEM_TYPE);
  if (error.retryAfter !== undefined) all.set('retry-after', String(error.retryAfter));
  return new Response(JSON.stringify(toProblem(error)), { status: error.status, headers: all });
}

/** Zod's findings as ours. `where` is prefixed to name the part of the request (`query`, `body`). */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ field: issue.path.join('.') || '(body)', message: issue.message }));
}

export function validationError(error: z.ZodError, part: 'body' | 'query' | 'params'): AppError {
  const errors = fieldErrors(error);
  const named = errors.slice(0, 3).map((e) => `${e.field}: ${e.message}`);
  return new AppError(
    part === 'query' ? 'bad_request' : 'validation_failed',
    `The ${part === 'params' ? 'address' : part} is not valid. ${named.join('; ')}`,
    { errors },
  );
}
