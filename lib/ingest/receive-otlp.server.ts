import type { ServerResponse } from 'node:http';
import { AppError } from '../errors';
import { errorHeaders, sendBody, toAppError } from './capture-answer.server';
import { readCaptureBody } from './capture-body.server';
import { findKey } from './capture-key';
import type { KeyRing, ProjectScope } from './project-scope.server';
import {
  ENCODINGS,
  encodeFailure,
  encodeSuccess,
  encodingOf,
  type OtlpEncoding,
  type OtlpSignal,
  SIGNALS,
} from './protocols/otlp-answer';
import { otlpDraft } from './protocols/otlp-draft';
import { OtlpFormatError, OtlpTooMany } from './protocols/otlp-values';
import { readOtlp } from './read-otlp';
import type { CaptureTools, FindReceiver, Receive } from './receiver.server';
import type { EventStore } from './store-events.server';
import { captureWork, type TimeSlices } from './time-slices';

/** What OTLP's collectors take at most, once decompressed. */
const MAX_BODY = 64 * 1024 * 1024;

async function findProject(keys: KeyRing, key: string | null, projectId: number | undefined): Promise<ProjectScope> {
  if (!key) {
    const forms = 'authorization=Bearer KEY, x-errata-key=KEY or x-sentry-auth=sentry sentry_key=KEY';
    throw new AppError('unauthenticated', `A project key is needed in OTEL_EXPORTER_OTLP_HEADERS: ${forms}.`);
  }
  const scope = await keys.find(key);
  if (scope && (projectId === undefined || scope.projectId === projectId)) return scope;
  throw new AppError('forbidden', 'The project or its key is unknown or disabled.');
}

/** Records that were not taken, and why. */
interface Refused {
  count: number;
  reason: string;
}

const RETRY_AFTER_S = 5;
/** Errors that are made events, and stored, at a time. */
const CHUNK = 500;

async function storeErrors(
  events: EventStore,
  scope: ProjectScope,
  body: Buffer,
  options: { signal: 'logs' | 'traces'; encoding: OtlpEncoding; slices: TimeSlices; now: Date },
): Promise<Refused> {
  const { reports, malformed } = await readOtlp(body, options);
  // Not before: most requests hold no error, and those need not come again for a quota.
  const limit = reports.length > 0 ? events.turnAway(scope, 'error') : null;
  if (limit) {
    const told = `The quota of events of the ${limit.scope} is used up; come back in ${limit.seconds} s.`;
    throw new AppError('rate_limited', told, { retryAfter: limit.seconds });
  }
  const reasons = new Set<string>(malformed > 0 ? ['some records are no objects'] : []);
  let count = malformed;
  for (let at = 0; at < reports.length; at += CHUNK) {
    const chunk = reports.slice(at, at + CHUNK);
    const incoming = await options.slices.map(chunk, (report) => otlpDraft(report, scope.slug));
    for (const outcome of await events.store(scope, incoming, options.now)) {
      if (!('refused' in outcome)) continue;
      // Partial success is never sent again. A request that failed is, and what of it is stored is known by its id.
      if (outcome.later) throw new AppError('unavailable', outcome.refused, { retryAfter: RETRY_AFTER_S });
      count++;
      reasons.add(outcome.refused);
    }
  }
  events.refuse(scope, malformed);
  return { count, reason: [...reasons].join('; ') };
}

/** Failures of reading as what the caller is told. */
function tell(error: unknown): AppError {
  if (error instanceof OtlpFormatError) return new AppError('bad_request', error.message);
  if (error instanceof OtlpTooMany) return new AppError('payload_too_large', error.message);
  return toAppError(error);
}

const send = (
  response: ServerResponse,
  status: number,
  encoding: OtlpEncoding,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): void => sendBody(response, status, body, { 'content-type': ENCODINGS[encoding], ...headers });

/**
 * OTLP over HTTP: `/v1/{logs,traces,metrics}` and `/api/{project}/integration/otlp/v1/…`, in JSON and protobuf. What is an
 * error among logs and traces is stored; all else, and all metrics, is taken and left. Answers go out once the errors are
 * safe; sent again, they are the same events.
 */
export function receiveOtlp({ keys, events }: CaptureTools): FindReceiver {
  const receive =
    (signal: OtlpSignal, projectId: number | undefined): Receive =>
    async (request, response, url) => {
      const now = new Date();
      const encoding = encodingOf(request.headers['content-type']);
      let scope: ProjectScope | undefined;
      try {
        if (request.method !== 'POST')
          throw new AppError('method_not_allowed', `${request.method} is not possible here; use POST.`);
        if (!encoding) {
          const told = `Send ${ENCODINGS.protobuf} or ${ENCODINGS.json}.`;
          throw new AppError('unsupported_media_type', `The content type is not known. ${told}`);
        }
        scope = await findProject(keys, findKey(request.headers, url.searchParams), projectId);
        const body = await readCaptureBody(request);
        if (!body) return;
        if (body.length > MAX_BODY) throw new AppError('payload_too_large', 'The body is larger than 64 MiB.');
        const refused: Refused =
          signal === 'metrics'
            ? { count: 0, reason: '' }
            : await storeErrors(events, scope, body, { signal, encoding, slices: captureWork, now });
        send(response, 200, encoding, encodeSuccess(encoding, signal, refused.count, refused.reason));
      } catch (error) {
        const told = tell(error);
        // What a quota turned away is counted as that already.
        if (scope && told.status < 500 && told.code !== 'rate_limited') events.refuse(scope, 1);
        const form = encoding ?? 'json';
        send(response, told.status, form, encodeFailure(form, told.message), errorHeaders(told));
      }
    };

  return (path) => {
    const [, project, name] = /^(?:\/api\/(\d{1,9})\/integration\/otlp)?\/v1\/([a-z]{1,10})$/.exec(path) ?? [];
    const signal = SIGNALS.find((known) => known === name);
    return signal && receive(signal, project === undefined ? undefined : Number(project));
  };
}
