import { type ENVELOPE_SIZES, makeEnvelope } from '../ingest-stages/envelopes';
import { makeReport } from '../ingest-stages/reports';
import { requestOf } from './client';

export const KEY = 'a'.repeat(32);
export const BATCH = 500;

const POOL = { batch: 40, single: 4000, envelope: 1000 };
/** Prepared requests take memory; beyond this not all issues are met. */
const MOST_REPORTS = 100_000;

/** Gives the prepared requests in turn, for ever. */
function inTurn(requests: readonly Buffer[], renew: (request: Buffer) => void = () => {}): () => Buffer {
  let next = 0;
  return () => {
    const request = requests[next++ % requests.length]!;
    renew(request);
    return request;
  };
}

const headers = { 'x-errata-key': KEY, 'content-type': 'application/json' };
let made = 0;

function makeBatch(issues: number, key = KEY): Buffer {
  const errors = Array.from({ length: BATCH }, () => makeReport(made++, issues));
  return requestOf('/errors/batch', Buffer.from(JSON.stringify({ errors })), { ...headers, 'x-errata-key': key });
}

/** `/errors/batch` of 500 reports each, made while they are sent: each meets other issues than the one before. */
export const freshBatches =
  (issues: number): (() => Buffer) =>
  () =>
    makeBatch(issues);

/** `/errors/batch` of 500 reports each. */
export const batches = (issues: number, key = KEY): (() => Buffer) =>
  inTurn(
    Array.from({ length: Math.max(POOL.batch, Math.min(issues, MOST_REPORTS) / BATCH) }, () => makeBatch(issues, key)),
  );

/** `/errors`, one report each. */
export const singles = (issues: number): (() => Buffer) =>
  inTurn(
    Array.from({ length: Math.max(POOL.single, Math.min(issues, MOST_REPORTS)) }, () =>
      requestOf('/errors', Buffer.from(JSON.stringify(makeReport(made++, issues))), headers),
    ),
  );

/** An envelope as if it was sent now: a client's clock that is right is not corrected. */
function sentNow(envelope: Buffer): Buffer {
  const [, , event] = envelope.toString().split('\n');
  const payload = { ...JSON.parse(event ?? '{}'), timestamp: Date.now() / 1000 };
  const text = JSON.stringify(payload);
  const header = { event_id: payload.event_id, sent_at: new Date().toISOString() };
  return Buffer.from(
    `${JSON.stringify(header)}\n${JSON.stringify({ type: 'event', length: Buffer.byteLength(text) })}\n${text}`,
  );
}

/** Sentry envelopes of one event each. Every request gets an id of its own, written over the one it was made with. */
export function envelopes(issues: number, size: keyof typeof ENVELOPE_SIZES): () => Buffer {
  const requests = Array.from({ length: POOL.envelope }, () =>
    requestOf('/api/1/envelope/', sentNow(makeEnvelope(made++, issues, size)), {
      'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${KEY}`,
    }),
  );
  const places = new Map(
    requests.map((request) => {
      const id = /"event_id":"([0-9a-f]{32})"/.exec(request.toString('latin1'))?.[1] ?? '';
      const found: number[] = [];
      for (let at = request.indexOf(id); at >= 0; at = request.indexOf(id, at + 1)) found.push(at);
      return [request, found] as const;
    }),
  );
  return inTurn(requests, (request) => {
    const id = (made++).toString(16).padStart(32, '7');
    for (const at of places.get(request) ?? []) request.write(id, at, 'latin1');
  });
}
