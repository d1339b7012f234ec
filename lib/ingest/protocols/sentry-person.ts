/** Who was affected, and the request they made, as Sentry's SDKs tell it. Pure. */
import { z } from 'zod';
import { isObject } from './report-fields';
import { pairsToRecord, textOf } from './sentry-values';

const AUTO = '{{auto}}';

function infersAddress(sdk: unknown): boolean | undefined {
  const settings = isObject(sdk) ? sdk.settings : undefined;
  const told = isObject(settings) ? settings.infer_ip : undefined;
  return told === 'auto' ? true : told === 'never' ? false : undefined;
}

const addressSchema = z.union([z.ipv4(), z.ipv6()]);

/** Whom the server of the client was talking to: behind it, the address that we see is the server's own. */
function remoteAddress(request: unknown): string | undefined {
  const env = isObject(request) ? pairsToRecord(request.env) : undefined;
  const told = textOf(env?.REMOTE_ADDR)?.trim();
  return told === undefined ? undefined : addressSchema.safeParse(told).data;
}

/**
 * `{{auto}}` asks for the address of the person: `REMOTE_ADDR` of the request that failed, else where the event came from.
 * An SDK may ask for it, or forbid it, for all its events.
 */
export function readUser(
  user: unknown,
  { sdk, request, address }: { sdk: unknown; request: unknown; address: string | undefined },
): Record<string, unknown> | undefined {
  const plain = textOf(user);
  const { ip_address: told, ...rest } = isObject(user) ? user : plain === undefined ? {} : { id: plain };
  const id = textOf(rest.id);
  const out: Record<string, unknown> = { ...rest, ...(id === undefined ? {} : { id }) };
  const infers = infersAddress(sdk);
  const wanted = told === AUTO ? infers !== false : infers === true && !told;
  const ip = wanted ? (remoteAddress(request) ?? address) : told === AUTO ? undefined : textOf(told);
  if (ip) out.ip_address = ip;
  for (const key in out) if (out[key] === null || out[key] === undefined) delete out[key];
  return Object.keys(out).length > 0 ? out : undefined;
}

/** Headers, environment and query as objects; the query apart from the address. */
export function readRequest(request: unknown): Record<string, unknown> | undefined {
  if (!isObject(request)) {
    const url = textOf(request);
    return url === undefined ? undefined : { url };
  }
  const out: Record<string, unknown> = { ...request };
  for (const part of ['headers', 'env', 'cookies', 'query_string']) {
    const record = pairsToRecord(out[part]);
    if (record) out[part] = record;
  }
  const url = textOf(out.url);
  const mark = url?.indexOf('?') ?? -1;
  if (url && mark >= 0) {
    out.url = url.slice(0, mark);
    out.query_string ??= url.slice(mark + 1);
  }
  for (const key in out) if (out[key] === null || out[key] === undefined) delete out[key];
  return out;
}
