import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, type FieldError } from '../errors';
import { PROBLEM_TYPE, toProblem } from '../http/problem';
import { entryId } from '../knowledge/entry-words';
import { shortId } from '../projects/project-schema';
import { Slots } from './admission-bytes';
import { errorHeaders, sendJson, sendProblem, toAppError } from './capture-answer.server';
import { readCaptureBody } from './capture-body.server';
import { findKey } from './capture-key';
import { LIMITS } from './limits';
import type { EventOutcome, HeldEvent, RefusedEvent, StoredEvent } from './pending-event';
import type { ProjectScope } from './project-scope.server';
import { decodeJsonBody, readErrorReport } from './protocols/errors-api';
import { isObject, type ReportError, reportError } from './protocols/report-fields';
import { type RateLimit, rateLimitHeaders } from './rate-limit';
import type { CaptureTools, FindReceiver, Receive } from './receiver.server';
import type { IncomingEvent } from './store-events.server';
import { captureWork } from './time-slices';

interface Answer {
  status: number;
  body: unknown;
  type?: string;
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

async function parseBody(body: Buffer): Promise<{ value: unknown; notes: string[] }> {
  const [decoded] = await captureWork.map([body], decodeJsonBody);
  if ('error' in decoded!) throw reportProblem(decoded.error);
  return decoded!;
}

function originOf(request: IncomingMessage, publicUrl: string | undefined): string {
  if (publicUrl) return publicUrl.replace(/\/$/, '');
  const host = request.headers.host ?? 'localhost';
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${scheme}://${/^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost'}`;
}

/** An accepted event as the API tells it. */
function toAnswer(outcome: StoredEvent | HeldEvent, scope: ProjectScope, origin: string): Record<string, unknown> {
  const fix = outcome.knownFix;
  const entry = fix && entryId(fix.entryId);
  return {
    id: outcome.id,
    issue_id: outcome.issueNumber === null ? null : shortId(scope.prefix, outcome.issueNumber),
    is_new: outcome.isNew,
    known_fix: fix && { entry, title: fix.title, confidence: fix.confidence, url: `${origin}/knowledge/${entry}` },
    ...(outcome.fate === 'stored' ? {} : { [outcome.fate]: true }),
  };
}

function statusOf({ fate, duplicate }: StoredEvent | HeldEvent): number {
  if (fate === 'spooled') return 202;
  return duplicate || fate === 'filtered' ? 200 : 201;
}

/** `unavailable`: this one may come again as it is. `not_stored`: it would fail again. */
function notStored({ refused, later }: RefusedEvent): ReportError {
  const expected = later ? 'the same report again, in a moment' : 'values PostgreSQL can hold';
  const message = `event could not be stored: ${refused}`;
  return reportError([{ field: 'event', message, expected }], later ? 'unavailable' : 'not_stored');
}

function sendTurnedAway(response: ServerResponse, limit: RateLimit): void {
  const whose = limit.scope === 'key' ? 'key' : 'project';
  const message = `The ${whose} has used up its quota of events; come back in ${limit.seconds} s.`;
  const error = new AppError('rate_limited', message, { retryAfter: limit.seconds });
  const headers = { 'content-type': PROBLEM_TYPE, ...errorHeaders(error), ...rateLimitHeaders([limit]) };
  sendJson(response, error.status, toProblem(error), headers);
}

/** Batches that are worked on at a time. The others wait as the bytes they came in, a tenth of what they are as objects. */
const BATCHES = 4;

/** `POST /errors` and `POST /errors/batch`. Answers go out after the commit. */
export function receiveErrors({ keys, events, publicUrl, openCapture }: CaptureTools): FindReceiver {
  const batches = new Slots(BATCHES);

  async function authorize(request: IncomingMessage, url: URL): Promise<ProjectScope> {
    const key = findKey(request.headers, url.searchParams);
    if (!key && !openCapture) {
      throw new AppError(
        'unauthenticated',
        'A project key is needed: Authorization: Bearer KEY, X-Errata-Key: KEY or ?key=KEY.',
      );
    }
    const scope = key ? await keys.find(key) : await keys.findDefault();
    if (scope) return scope;
    throw key
      ? new AppError('forbidden', 'The project key is unknown or disabled.')
      : new AppError('forbidden', 'There is no project yet that could take events without a key.');
  }

  async function receiveOne(scope: ProjectScope, body: Buffer, origin: string, now: Date): Promise<Answer> {
    const { value, notes } = await parseBody(body);
    const report = readErrorReport(value, { notes });
    if ('error' in report) throw reportProblem(report.error);
    const [outcome] = await events.store(scope, [report], now);
    if (!outcome || 'refused' in outcome) {
      // Counted as rejected by the writer already, so it is answered rather than thrown.
      const problem = toProblem(reportProblem(notStored(outcome ?? { refused: 'no outcome' })));
      return { status: problem.status, body: problem, type: PROBLEM_TYPE };
    }
    return { status: statusOf(outcome), body: { success: true, ...toAnswer(outcome, scope, origin) } };
  }

  async function receiveBatch(scope: ProjectScope, body: Buffer, origin: string, now: Date): Promise<Answer> {
    const { value, notes } = await parseBody(body);
    const list = isObject(value) ? value.errors : undefined;
    const expected = `a list of 1 to ${LIMITS.batch} error objects`;
    if (!Array.isArray(list) || list.length === 0 || list.length > LIMITS.batch) {
      const message = Array.isArray(list) ? `errors holds ${list.length} items` : 'errors is required';
      throw reportProblem(reportError([{ field: 'errors', message, expected }]));
    }
    const good: IncomingEvent[] = [];
    const failures = new Map<number, ReportError>();
    const reports = await captureWork.map([...list.entries()], ([index, item]) =>
      readErrorReport(item, { field: `errors.${index}`, notes }),
    );
    for (const [index, report] of reports.entries()) {
      if ('error' in report) failures.set(index, report.error);
      else good.push(report);
    }
    events.refuse(scope, failures.size);
    const outcomes = (await events.store(scope, good, now))[Symbol.iterator]();
    let rejected = 0;
    const results = list.map((_, index) => {
      const failed = failures.get(index);
      const outcome: EventOutcome | undefined = failed ? undefined : outcomes.next().value;
      if (outcome && !('refused' in outcome)) return { index, ...toAnswer(outcome, scope, origin) };
      rejected++;
      return { index, error: failed ?? notStored(outcome ?? { refused: 'no outcome' }) };
    });
    return { status: 200, body: { accepted: list.length - rejected, rejected, results } };
  }

  const answerWith =
    (route: typeof receiveOne): Receive =>
    async (request, response, url) => {
      const now = new Date();
      let scope: ProjectScope | undefined;
      try {
        if (request.method !== 'POST')
          throw new AppError('method_not_allowed', `${request.method} is not possible here; use POST.`);
        scope = await authorize(request, url);
        const limit = events.turnAway(scope, 'error');
        if (limit) {
          sendTurnedAway(response, limit);
          return;
        }
        const body = await readCaptureBody(request, LIMITS.reportsBody);
        if (!body) return;
        const answer = await route(scope, body, originOf(request, publicUrl), now);
        sendJson(response, answer.status, answer.body, answer.type ? { 'content-type': answer.type } : {});
      } catch (error) {
        const told = toAppError(error);
        if (scope && told.status < 500) events.refuse(scope, 1);
        sendProblem(response, told);
      }
    };

  const routes = new Map([
    ['/errors', answerWith(receiveOne)],
    ['/errors/batch', answerWith((...request) => batches.run(() => receiveBatch(...request)))],
  ]);
  return (path) => routes.get(path);
}
