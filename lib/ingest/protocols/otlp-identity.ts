/** One error told several times is one event: on nested spans, on a log record and a span, and when a client sends again. Pure. */
import { createHash } from 'node:crypto';
import { isException, type OtlpError } from './otlp-errors';
import type { OtlpOrigin } from './otlp-request';
import type { SpanForest, SpanNode } from './otlp-spans';

/** An error with all that the request tells of it. */
export interface OtlpReport {
  error: OtlpError;
  /** 32 hex digits; undefined for an error that says neither when nor in which trace it happened. */
  id?: string;
  /** Told again elsewhere it has the same id, but another time. */
  isTraced: boolean;
  /** The span that stands for the request in which it happened. */
  entry?: SpanNode;
  /** How many spans are above the one that tells of it. */
  depth: number;
}

const digest = (...parts: (string | undefined)[]): string =>
  createHash('md5')
    .update(parts.map((part) => part ?? '').join('\0'))
    .digest('hex');

/** Loggers leave out the package that spans put in front. */
const shortType = (type: string | undefined): string => (type ?? '').replace(/^.*(?:\.|::)(?=[^.:]+$)/, '');

/** Of an exception in a trace: the same wherever in it, and in whichever signal, it is told. */
function tracedId(error: OtlpError): string | undefined {
  if (!error.traceId || !isException(error)) return undefined;
  return digest('trace', error.traceId, shortType(error.type), error.message?.trim(), error.stack?.trim());
}

/** Of anything else: what was sent is the same when it is sent again. `nth`: of several that are alike in one request. */
const sentDigest = (error: OtlpError, origin: string): string =>
  digest(
    origin,
    String(error.time),
    error.traceId,
    error.spanId,
    error.type,
    error.message,
    error.stack,
    JSON.stringify([error.level, error.body, error.eventName, error.attributes]),
  );

const earlier = (a: bigint, b: bigint): bigint => (b > 0n && (a === 0n || b < a) ? b : a);

/** It happened in the innermost span that tells of it; clocks of spans are too coarse to say in which it was told first. */
function merge(known: OtlpReport, next: OtlpReport): OtlpReport {
  const isInner = next.depth !== known.depth ? next.depth > known.depth : next.error.time < known.error.time;
  const [inner, outer] = isInner ? [next, known] : [known, next];
  const time = earlier(inner.error.time, outer.error.time);
  const escaped = inner.error.escaped || outer.error.escaped;
  const entry = !inner.entry?.isEntry && outer.entry?.isEntry ? outer.entry : (inner.entry ?? outer.entry);
  return { ...inner, error: { ...inner.error, time, escaped }, entry };
}

/**
 * The errors of one request, each once: where and when it happened first, with the outermost span that takes requests above any
 * of the places where it was told. Sent again, they come out with the same ids.
 */
export function reportsOf(errors: readonly OtlpError[], spans: SpanForest): OtlpReport[] {
  const reports = new Map<string, OtlpReport>();
  const alike = new Map<string, number>();
  const origins = new Map<OtlpOrigin, string>();
  for (const error of errors) {
    const traced = tracedId(error);
    const place = error.span ? spans.placeOf(error.span) : { depth: 0 };
    const report: OtlpReport = { error, isTraced: traced !== undefined, ...place };
    if (traced) {
      const known = reports.get(traced);
      reports.set(traced, known ? merge(known, { ...report, id: traced }) : { ...report, id: traced });
      continue;
    }
    const origin = origins.get(error.origin) ?? digest(JSON.stringify(error.origin));
    origins.set(error.origin, origin);
    const sent = sentDigest(error, origin);
    const nth = alike.get(sent) ?? 0;
    alike.set(sent, nth + 1);
    const id = digest(sent, String(nth));
    reports.set(id, error.time > 0n ? { ...report, id } : report);
  }
  return [...reports.values()];
}
