/** Where clients put a project's key. Pure: headers and query in, key out. */

type Headers = Record<string, string | string[] | undefined>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));

/** `Sentry sentry_key=…, sentry_version=7`, in any order, with or without blanks. */
function sentryPairs(header: string): string | null {
  if (!/^sentry\s/i.test(header)) return null;
  for (const pair of header.slice(7).split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === 'sentry_key') return pair.slice(equals + 1).trim();
  }
  return null;
}

function basicUser(header: string): string | null {
  if (!/^basic\s/i.test(header)) return null;
  const decoded = Buffer.from(header.slice(6).trim(), 'base64').toString('latin1');
  return decoded.split(':')[0] || null;
}

/** The key a request carries: `?key=`, `?sentry_key=`, `X-Errata-Key`, `X-Sentry-Auth`, or `Authorization` (Bearer, Sentry, Basic); null without one. */
export function findKey(headers: Headers, query: URLSearchParams): string | null {
  const authorization = one(headers.authorization).slice(0, 4096);
  const found =
    query.get('sentry_key') ||
    query.get('key') ||
    one(headers['x-errata-key']).trim() ||
    sentryPairs(one(headers['x-sentry-auth']).slice(0, 4096)) ||
    /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1] ||
    sentryPairs(authorization) ||
    basicUser(authorization);
  return found ? found.toLowerCase() : null;
}

export const isKeyShaped = (key: string): boolean => /^[0-9a-f]{32}$/.test(key);
