import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors';
import { errorHeaders, sendJson, toAppError } from './capture-answer.server';
import { readCaptureBody } from './capture-body.server';
import { findKey } from './capture-key';
import { decodeStoreBody } from './decode-store-body.server';
import { LIMITS } from './limits';
import type { KeyRing, ProjectScope } from './project-scope.server';
import { parseDsn, unknownVersion } from './protocols/sentry-auth';
import { type Envelope, parseEnvelope } from './protocols/sentry-envelope';
import { parseLenientJson } from './protocols/sentry-json';
import { readSecurityReport } from './protocols/sentry-security';
import { rateLimitHeaders } from './rate-limit';
import type { FindReceiver, Receive } from './receiver.server';
import type { EnvelopeStore } from './store-envelope.server';

/** Turns a body into an envelope, whatever it was sent as. @throws AppError `bad_request`. */
type Decode = (body: Buffer, request: IncomingMessage) => Envelope | Promise<Envelope>;

function decodeEnvelope(body: Buffer): Envelope {
  const envelope = parseEnvelope(body);
  if ('error' in envelope) throw new AppError('bad_request', `This is no envelope: ${envelope.error}.`);
  return envelope;
}

const asEnvelope = (payload: Buffer): Envelope => ({
  header: {},
  items: [{ type: 'event', header: {}, payload }],
  malformed: [],
});

const decodeStore: Decode = async (body, request) => {
  const isEnvelope = /x-sentry-envelope/i.test(request.headers['content-type'] ?? '');
  return isEnvelope ? decodeEnvelope(body) : asEnvelope(await decodeStoreBody(body, request));
};

const decodeSecurity: Decode = (body) => {
  if (body.length > LIMITS.jsonItem) throw new AppError('payload_too_large', 'The report is too large.');
  const payload = readSecurityReport(parseLenientJson(body.toString('utf8')));
  if (!payload) throw new AppError('bad_request', 'This is no report of a Content-Security-Policy.');
  return asEnvelope(Buffer.from(JSON.stringify(payload)));
};

const DECODERS: Record<string, Decode> = { envelope: decodeEnvelope, store: decodeStore, security: decodeSecurity };

function sendError(response: ServerResponse, error: AppError): void {
  const causes = (error.errors ?? []).map(({ message }) => message);
  const header = [error.message, ...causes]
    .join(' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 500);
  sendJson(
    response,
    error.status,
    { detail: error.message, causes },
    { ...errorHeaders(error), 'x-sentry-error': header },
  );
}

/** What a client says about itself. `projectId`: as in the address, undefined where that names none. */
interface Claim {
  key: string | null;
  projectId: number | undefined;
}

/** Project and key together; which of the two is wrong is not said. */
async function findProject(keys: KeyRing, { key, projectId }: Claim): Promise<ProjectScope> {
  const scope = key ? await keys.find(key) : null;
  if (scope && (projectId === undefined || scope.projectId === projectId)) return scope;
  throw new AppError('forbidden', 'The project or its key is unknown or disabled.');
}

/** An envelope may name its project too. @returns what both say. @throws AppError when they differ, or neither says it. */
function withDsn({ key, projectId }: Claim, envelope: Envelope): Claim {
  const dsn = parseDsn(envelope.header.dsn);
  if (!dsn) {
    if (key) return { key, projectId };
    const places = 'the query (sentry_key), X-Sentry-Auth, Authorization, or the dsn of the envelope';
    throw new AppError('unauthenticated', `A project key is needed in ${places}.`);
  }
  if ((key && key !== dsn.key) || (projectId !== undefined && projectId !== dsn.projectId)) {
    throw new AppError('bad_request', 'The dsn of the envelope is not the project and key of the request.');
  }
  return { key: dsn.key, projectId: dsn.projectId };
}

export interface SentryTools {
  keys: KeyRing;
  envelopes: EnvelopeStore;
  /** Counts a request that could not be understood. */
  refuse(scope: ProjectScope): void;
  /** Where the client is, as far as that can be believed. */
  addressOf(request: IncomingMessage): string | undefined;
}

/**
 * What Sentry's SDKs send: `/api/{project}/envelope`, `/store` and `/security`, `/api/store`, and `/tunnel` for envelopes
 * that pages send past blockers, which say inside whose they are. Answers go out once the event is safe.
 */
export function receiveSentry({ keys, envelopes, refuse, addressOf }: SentryTools): FindReceiver {
  const receive =
    (decode: Decode, projectId: number | undefined): Receive =>
    async (request, response, url) => {
      const now = new Date();
      let scope: ProjectScope | undefined;
      try {
        if (request.method !== 'POST')
          throw new AppError('method_not_allowed', `${request.method} is not possible here; use POST.`);
        const version = unknownVersion(request.headers, url.searchParams);
        if (version !== null) throw new AppError('bad_request', `The protocol version ${version} is not known.`);
        const claim: Claim = { key: findKey(request.headers, url.searchParams), projectId };
        // Known before the body is read wherever possible: strangers are not worth it.
        if (claim.key) scope = await findProject(keys, claim);
        const body = await readCaptureBody(request);
        if (!body) return;
        const envelope = await decode(body, request);
        const agreed = withDsn(claim, envelope);
        scope ??= await findProject(keys, agreed);
        const result = await envelopes.store(scope, envelope, { address: addressOf(request), receivedAt: now });
        const headers = rateLimitHeaders(result.limits);
        if (result.retryAfter === null) sendJson(response, 200, result.id ? { id: result.id } : {}, headers);
        else {
          const limited = { detail: 'Too much at once; come back later.', causes: [] };
          sendJson(response, 429, limited, { ...headers, 'retry-after': String(result.retryAfter) });
        }
      } catch (error) {
        const told = toAppError(error);
        if (scope && told.status < 500) refuse(scope);
        sendError(response, told);
      }
    };

  const fail =
    (error: AppError): Receive =>
    async (_, response) =>
      sendError(response, error);

  return (path) => {
    if (path === '/tunnel') return receive(decodeEnvelope, undefined);
    if (path === '/api/store') return receive(decodeStore, undefined);
    const [, project = '', endpoint = ''] = /^\/api\/([^/]{1,60})\/([^?]{1,200})$/.exec(path) ?? [];
    const decode = Object.hasOwn(DECODERS, endpoint) ? DECODERS[endpoint] : undefined;
    // `/api/0/…` is what Sentry's tools call, which are no clients of capture.
    if (project === '0') return undefined;
    const isNumber = /^\d{1,9}$/.test(project);
    if (decode && isNumber) return receive(decode, Number(project));
    if (decode) return fail(new AppError('bad_request', 'The project id is a number.'));
    return isNumber ? fail(new AppError('not_found', `Errata does not take ${endpoint}.`)) : undefined;
  };
}
