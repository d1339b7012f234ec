import { env } from '../env.server';

/** The address people reach Errata at: `ERRATA_PUBLIC_URL`, else what this request was sent to. No trailing slash. */
export function publicOrigin(request: Request): string {
  const fixed = env().ERRATA_PUBLIC_URL;
  if (fixed) return fixed.replace(/\/$/, '');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? `localhost:${env().PORT}`;
  return `${request.headers.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
