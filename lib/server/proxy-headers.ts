/** Headers that concern one connection only, and so are never passed on (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Answered by this server already.
  'expect',
]);

/** What only a proxy may say about where a request comes from. */
const FORWARDED = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
]);

export type Headers = Record<string, string | string[] | undefined>;

/** Without the headers of the connection, and those that `Connection` names. */
export function endToEnd(headers: Headers): Headers {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)));
}

/**
 * The headers of a request as the process behind the front gets them. Where it came from is what this server saw, unless
 * a proxy in front is trusted: then that proxy's word stands, with its own address added.
 */
export function forwardedHeaders(
  headers: Headers,
  seen: { address: string; encrypted: boolean },
  trustProxy: boolean,
): Headers {
  const all = endToEnd(headers);
  const kept = trustProxy ? all : Object.fromEntries(Object.entries(all).filter(([name]) => !FORWARDED.has(name)));
  const before = kept['x-forwarded-for'];
  return {
    ...kept,
    'x-forwarded-for': before ? `${before}, ${seen.address}` : seen.address,
    'x-forwarded-host': kept['x-forwarded-host'] ?? headers.host,
    'x-forwarded-proto': kept['x-forwarded-proto'] ?? (seen.encrypted ? 'https' : 'http'),
  };
}
