import { lookup as resolveName } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from '../env.server';
import { AppError } from '../errors';
import { PACK_LIMITS } from './pack-schema';

const TIMEOUT_MS = 20_000;
const REDIRECTS = 3;

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const),
])
  PRIVATE.addSubnet(network, bits, 'ipv4');
/** All of IPv6 but what is given out for the internet, and there what carries an IPv4 address along. */
const PUBLIC6 = new BlockList();
PUBLIC6.addSubnet('2000::', 3, 'ipv6');
const TUNNELS6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  TUNNELS6.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is one of the internet, not of this machine or network. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !PRIVATE.check(address, 'ipv4');
  return family === 6 && PUBLIC6.check(address, 'ipv6') && !TUNNELS6.check(address, 'ipv6');
}

/** Looks a name up and refuses private addresses at the moment of connecting: a second look-up could answer otherwise. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const first = addresses?.[0];
    if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new PrivateAddressError(hostname), '', 0);
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`${host} is an address of a private network`);
  }
}

/** The operator's list of origins in a network of their own; what is no address is nobody's. */
const trustedOrigins = (): Set<string> =>
  new Set(
    (env().ERRATA_PACK_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).origin] : [])),
  );

/**
 * Fetches a pack within 20 seconds and the size of a pack. Only by https and from addresses of the internet (each redirect
 * anew), or from an origin of `ERRATA_PACK_ORIGINS`. @param token for another Errata; no other origin is told it.
 * @throws AppError `bad_request` with why it could not be fetched.
 */
export async function fetchPack(address: string, token?: string): Promise<Uint8Array> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  let url = checked(address);
  const { origin } = url;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const answer = await get(url, url.origin === origin ? token : undefined, deadline).catch((cause: Error) => {
      const why = deadline.aborted ? `no answer within ${TIMEOUT_MS / 1000} seconds` : cause.message;
      throw cause instanceof AppError ? cause : refused(`${url.host}: ${why}`, cause);
    });
    if (answer.bytes) return answer.bytes;
    url = checked(new URL(answer.location, url).href);
  }
  throw refused(`more than ${REDIRECTS} redirects`);
}

function checked(address: string): URL {
  if (!URL.canParse(address)) throw refused('expected an https address');
  const url = new URL(address);
  const isTrusted = /^https?:$/.test(url.protocol) && trustedOrigins().has(url.origin);
  if (url.protocol !== 'https:' && !isTrusted)
    throw refused('expected an https address (or one of ERRATA_PACK_ORIGINS)');
  if (url.username !== '' || url.password !== '') throw refused('expected an address without a user name');
  // Names are checked when they are looked up; an address of numbers never is.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isTrusted && isIP(host) !== 0 && !isPublicAddress(host))
    throw refused(`${host} is an address of a private network`);
  return url;
}

const refused = (message: string, cause?: unknown): AppError =>
  new AppError('bad_request', `The pack was not fetched: ${message}.`, { cause });

type Answer = { bytes: Uint8Array; location?: undefined } | { bytes?: undefined; location: string };

function get(url: URL, token: string | undefined, signal: AbortSignal): Promise<Answer> {
  const headers = { accept: 'application/zip', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const lookup = trustedOrigins().has(url.origin) ? undefined : publicLookup;
  const ask = url.protocol === 'http:' ? requestPlain : request;
  return new Promise((done, fail) => {
    const call = ask(url, { lookup, signal, headers }, (response) => {
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (status >= 300 && status < 400 && location) {
        response.destroy();
        done({ location });
        return;
      }
      if (status !== 200) {
        response.destroy();
        fail(refused(`${url.host} answered ${status}`));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > PACK_LIMITS.bytes) {
          response.destroy();
          fail(refused(`it is larger than ${PACK_LIMITS.bytes / 1024 / 1024} MB`));
        }
      });
      response.on('end', () => done({ bytes: new Uint8Array(Buffer.concat(chunks)) }));
      response.on('error', fail);
    });
    call.on('error', fail);
    call.end();
  });
}
