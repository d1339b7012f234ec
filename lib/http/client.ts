import type { Problem } from './problem';

/** A refusal from the API, in the API's own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null, fallback: string) {
    super(problem?.detail ?? fallback);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem?.code ?? 'unknown';
    this.problem = problem;
  }
}

type Query = Record<string, string | number | boolean | null | undefined>;

/** `/api/v1/issues?limit=5` from a path and its parameters; empty ones are left out. */
export function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function request<T>(
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<T> {
  const isForm = typeof FormData !== 'undefined' && options.body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(options.body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : isForm ? (options.body as FormData) : JSON.stringify(options.body),
      signal: options.signal,
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, null, 'Errata cannot be reached. Check the connection and try again.');
  }
  const text = await response.text();
  if (!response.ok) {
    throw new ApiError(response.status, readProblem(safeJson(text)), `The server answered ${response.status}.`);
  }
  return (text ? safeJson(text) : undefined) as T;
}

/** By hand: a schema would bring its whole library to every page, for the one object that is read before it is used. */
function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, detail, title, errors } = value as Partial<Record<keyof Problem, unknown>>;
  const worded = [code, detail, title].every((each) => typeof each === 'string');
  return worded && (errors === undefined || Array.isArray(errors)) ? (value as Problem) : null;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The REST API from the browser. Paths start with `/api/v1`. Rejects with `ApiError`. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', withQuery(path, query), { signal }),
  post: <T>(path: string, body: unknown = {}, headers?: Record<string, string>) =>
    request<T>('POST', path, { body, headers }),
  put: <T>(path: string, body: unknown, headers?: Record<string, string>) => request<T>('PUT', path, { body, headers }),
  patch: <T>(path: string, body: unknown, headers?: Record<string, string>) =>
    request<T>('PATCH', path, { body, headers }),
  delete: <T>(path: string, headers?: Record<string, string>) => request<T>('DELETE', path, { headers }),
};
