/** Which project an envelope claims to be for. Pure. */

const MAX_VERSION = 8;

/** Key and project of a DSN (`https://key@host/path/42`); null when it is none. */
export function parseDsn(dsn: unknown): { key: string; projectId: number } | null {
  if (typeof dsn !== 'string' || dsn.length > 2048) return null;
  let url: URL;
  try {
    url = new URL(dsn);
  } catch {
    return null;
  }
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  if (!url.username || !/^\d{1,10}$/.test(last)) return null;
  return { key: url.username.toLowerCase(), projectId: Number(last) };
}

type Headers = Record<string, string | string[] | undefined>;

/** The version of the protocol a request says it speaks, when this is one we do not know; null otherwise. */
export function unknownVersion(headers: Headers, query: URLSearchParams): string | null {
  const header = String(headers['x-sentry-auth'] ?? headers.authorization ?? '').slice(0, 4096);
  const version = query.get('sentry_version') ?? /sentry_version\s?=\s?([^,\s]{1,20})/.exec(header)?.[1];
  if (version === undefined || version === null || version === '') return null;
  const number = Number(version);
  return number > 0 && number <= MAX_VERSION ? null : version.slice(0, 20);
}
