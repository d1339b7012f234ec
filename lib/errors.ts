/**
 * The one error class. `code` is stable and part of the API; the status follows from it. 4xx is the caller's and is told
 * in full; 5xx is ours, is logged with its cause, and tells the caller only that it happened.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  invalid_cursor: 400,
  invalid_query: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  version_conflict: 409,
  gone: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** One wrong field: its path (`solutions.0.title`), and what was expected there. */
export interface FieldError {
  field: string;
  message: string;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly errors?: FieldError[];
  /** Seconds, for 429 and 503. */
  readonly retryAfter?: number;
  /** Further members of the problem document, such as the current version on a conflict. */
  readonly extra?: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; errors?: FieldError[]; retryAfter?: number; extra?: Record<string, unknown> } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
    this.extra = options.extra;
  }
}

/** `throw notFound('issue', 'API-42')`. A miss and a refusal read the same, so that ids cannot be guessed. */
export const notFound = (what: string, id: string): AppError => new AppError('not_found', `There is no ${what} ${id}.`);
