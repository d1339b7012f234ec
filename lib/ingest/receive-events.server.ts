import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.server';
import { AppError, type FieldError } from '../errors';
import { PROBLEM_TYPE, toProblem } from '../http/problem';
import { entryId } from '../knowledge/entry-schema';
import { log } from '../log.server';
import { readCaptureBody } from './capture-body.server';
import { findKey } from './capture-key';
import { createCapturePool } from './capture-pool.server';
import { QueueFull } from './group-commit';
import { LIMITS } from './limits';
import type { StoredEvent, WriteOutcome } from './pending-event';
import { createKeyRing, type ProjectScope } from './project-scope.server';
import { decodeJsonBody, readErrorReport } from './protocols/errors-api';
import { isObject, type ReportError, reportError } from './protocols/report-fields';
import { createEventStore, type IncomingEvent } from './store-events.server';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
};
const PREFLIGHT = {
  ...CORS,
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'X-Errata-Key, X-Sentry-Auth, X-Requested-With, X-Forwarded-For, Origin, Referer, Accept, Content-Type, Authentication, Authorization, Content-Encoding, Transfer-Encoding, sentry-trace, baggage',
  'access-control-max-age': '3600',
};

const RETRY_AFTER_S = 2;

interface Answer {
  status: number;
  body: unknown;
  type?: string;
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...CORS,
    ...headers,
  });
  response.end(text);
}

function sendError(response: ServerResponse, error: AppError): void {
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE };
  if (error.retryAfter !== undefined) headers['retry-after'] = String(error.retryAfter);
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  if (error.status === 405) headers.allow = 'POST, OPTIONS';
  // The rest of a body that was not read would be taken for the next request.
  if (error.status === 413) headers.connection = 'close';
  send(response, error.status, toProblem(error), headers);
}

/** What a refused report looks like when it is the whole request. */
function reportProblem(error: ReportError): AppError {
  const errors: FieldError[] = error.errors;
  return error.code === 'malformed_json'
    ? new AppError('bad_request', `${error.message}.`, { errors })
    : new AppError(
        'validation_failed',
        `The report is not valid: ${errors.map(({ message }) => message).join('; ')}.`,
        { errors },
      );
}

/** Any failure as what the caller is told. The database being away is no fault of the report: come back later. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof QueueFull) return new AppError('unavailable', error.message, { retryAfter: RETRY_AFTER_S });
  log().error({ err: error }, 'Events could not be stored');
  return new AppError('unavailable', 'The database is not available; nothing was stored.', {
    cause: error,
    retryAfter: RETRY_AFTER_S,
  });
}

function parseBody(body: Buffer): { value: unknown; notes: string[] } {
  const decoded = decodeJsonBody(body);
  if ('error' in decoded) throw reportProblem(decoded.error);
  return decoded;
}

function originOf(request: IncomingMessage, publicUrl: string | undefined): string {
  if (publicUrl) return publicUrl.replace(/\/$/, '');
  const host = request.headers.host ?? 'localhost';
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${scheme}://${/^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost'}`;
}

/** A stored event as the API tells it. */
function toAnswer(outcome: StoredEvent, scope: ProjectScope, origin: string): Record<string, unknown> {
  const fix = outcome.knownFix;
  const entry = fix && entryId(fix.entryId);
  return {
    id: outcome.id,
    issue_id: `${scope.prefix}-${outcome.issueNumber}`,
    is_new: outcome.isNew,
    known_fix: fix && { entry, title: fix.title, confidence: fix.confidence, url: `${origin}/knowledge/${entry}` },
  };
}

const notStored = (refused: string): ReportError =>
  reportError(
    [{ field: 'event', message: `event could not be stored: ${refused}`, expected: 'values PostgreSQL can hold' }],
    'not_stored',
  );

export interface Capture {
  /** True when the request is for capture and was answered; false leaves it untouched. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): boolean | Promise<boolean>;
  /** Resolves once everything accepted is stored. */
  drain(): Promise<void>;
}

/**
 * The capture routes: `POST /errors` and `POST /errors/batch`. Answers go out after the commit. Its connections are its
 * own, so that pages cannot starve it. `publicUrl` and `openCapture` are by default what the environment says.
 */
export function createCapture(options: { databaseUrl: string; publicUrl?: string; openCapture?: boolean }): Capture {
  const { publicUrl = env().ERRATA_PUBLIC_URL, openCapture = env().ERRATA_OPEN_CAPTURE } = options;
  const pool = createCapturePool(options.databaseUrl);
  const keys = createKeyRing(pool);
  const events = createEventStore(pool);
  if (openCapture) log().warn('ERRATA_OPEN_CAPTURE is on: anyone who reaches this port can store events without a key');

  async function authorize(request: IncomingMessage, url: URL, now: Date): Promise<ProjectScope> {
    const key = findKey(request.headers, url.searchParams);
    if (!key && !openCapture) {
      throw new AppError(
        'unauthenticated',
        'A project key is needed: Authorization: Bearer KEY, X-Errata-Key: KEY or ?key=KEY.',
      );
    }
    const scope = key ? await keys.find(key, now.getTime()) : await keys.findDefault(now.getTime());
    if (scope) return scope;
    throw key
      ? new AppError('forbidden', 'The project key is unknown or disabled.')
      : new AppError('forbidden', 'There is no project yet that could take events without a key.');
  }

  async function receiveOne(scope: ProjectScope, body: Buffer, origin: string, now: Date): Promise<Answer> {
    const { value, notes } = parseBody(body);
    const report = readErrorReport(value, { notes });
    if ('error' in report) throw reportProblem(report.error);
    const [outcome] = await events.store(scope, [report], now);
    if (!outcome || 'refused' in outcome) {
      // Counted as rejected by the writer already, so it is answered rather than thrown.
      const problem = toProblem(reportProblem(notStored(outcome?.refused ?? 'no outcome')));
      return { status: problem.status, body: problem, type: PROBLEM_TYPE };
    }
    return { status: outcome.duplicate ? 200 : 201, body: { success: true, ...toAnswer(outcome, scope, origin) } };
  }

  async function receiveBatch(scope: ProjectScope, body: Buffer, origin: string, now: Date): Promise<Answer> {
    const { value, notes } = parseBody(body);
    const list = isObject(value) ? value.errors : undefined;
    const expected = `a list of 1 to ${LIMITS.batch} error objects`;
    if (!Array.isArray(list) || list.length === 0 || list.length > LIMITS.batch) {
      const message = Array.isArray(list) ? `errors holds ${list.length} items` : 'errors is required';
      throw reportProblem(reportError([{ field: 'errors', message, expected }]));
    }
    const good: IncomingEvent[] = [];
    const failures = new Map<number, ReportError>();
    for (const [index, item] of list.entries()) {
      const report = readErrorReport(item, { field: `errors.${index}`, notes });
      if ('error' in report) failures.set(index, report.error);
      else good.push(report);
    }
    events.refuse(scope, failures.size);
    const outcomes = (await events.store(scope, good, now))[Symbol.iterator]();
    let rejected = 0;
    const results = list.map((_, index) => {
      const failed = failures.get(index);
      const outcome: WriteOutcome | undefined = failed ? undefined : outcomes.next().value;
      if (outcome && !('refused' in outcome)) return { index, ...toAnswer(outcome, scope, origin) };
      rejected++;
      return { index, error: failed ?? notStored(outcome?.refused ?? 'no outcome') };
    });
    return { status: 200, body: { accepted: list.length - rejected, rejected, results } };
  }

  const routes: Record<string, typeof receiveOne> = { '/errors': receiveOne, '/errors/batch': receiveBatch };

  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    route: typeof receiveOne,
  ): Promise<true> {
    const now = new Date();
    let scope: ProjectScope | undefined;
    try {
      if (request.method !== 'POST')
        throw new AppError('method_not_allowed', `${request.method} is not possible here; use POST.`);
      scope = await authorize(request, url, now);
      const body = await readCaptureBody(request);
      if (!body) return true;
      const answer = await route(scope, body, originOf(request, publicUrl), now);
      send(response, answer.status, answer.body, answer.type ? { 'content-type': answer.type } : {});
    } catch (error) {
      const told = toAppError(error);
      if (scope && told.status < 500) events.refuse(scope, 1);
      sendError(response, told);
    }
    return true;
  }

  return {
    handle(request, response, url) {
      const path = url.pathname.length > 1 && url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
      const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
      if (!route) return false;
      if (request.method === 'OPTIONS') {
        response.writeHead(204, PREFLIGHT);
        response.end();
        return true;
      }
      return receive(request, response, url, route);
    },
    drain: () => events.drain(),
  };
}
