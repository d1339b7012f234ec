/** Telling SDKs to hold back: the headers of Sentry's protocol, which OTLP and our own clients understand in part. */

export interface RateLimit {
  seconds: number;
  /** What it is about; none means everything. */
  categories: readonly string[];
  scope: 'organization' | 'project' | 'key';
  reason?: string;
}

/** Traces are not kept: an SDK that hears so stops sending them for an hour. */
export const TRACING_OFF: RateLimit = {
  seconds: 3600,
  categories: ['transaction', 'span', 'profile', 'replay'],
  scope: 'project',
};

function describe({ seconds, categories, scope, reason }: RateLimit): string {
  const text = `${Math.max(1, Math.ceil(seconds))}:${categories.join(';')}:${scope}`;
  return reason ? `${text}:${reason.replace(/[^\w.-]/g, '_')}` : text;
}

/** `X-Sentry-Rate-Limits`, which may ride on any answer; nothing without a limit. */
export function rateLimitHeaders(limits: readonly RateLimit[]): Record<string, string> {
  return limits.length === 0 ? {} : { 'x-sentry-rate-limits': limits.map(describe).join(', ') };
}

/** The longest of the limits in whole seconds, for `Retry-After`. */
export const retryAfter = (limits: readonly RateLimit[]): number =>
  Math.max(1, ...limits.map(({ seconds }) => Math.ceil(seconds)));
