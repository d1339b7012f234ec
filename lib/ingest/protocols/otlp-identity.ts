/** One error told several times is one event: on nested spans, on a log record and a span, and when a client sends again. Pure. */
import { createHash } from 'node:crypto';
import { isException, type OtlpError } from './otlp-errors';
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
const sentDigest = ({ origin, ...error }: OtlpError): string =>
  digest(
    JSON.stringify(origin),
    String(error.time),
    error.traceId,
    error.spanId,
    error.type,
    error.message,
    error.stack,
    JSON.stringify([error.level, error.body, error.eventName, error.attributes]),
  );

function merge(known: OtlpReport, next: OtlpReport): OtlpReport {
  const [first, second] = next.error.time > 0n && next.error.time < known.error.time ? [next, known] : [known, next];
  const entry = first.entry?.isEntry
    ? first.entry
    : second.entry?.isEntry
      ? second.entry
      : (first.entry ?? second.entry);
  const escaped = first.error.escaped || second.error.escaped;
  return { ...first, error: { ...first.error, escaped }, entry };
}

/**
 * The errors of one request, each once: the first time it happened, with the outermost span that takes requests above any
 * of the places where it was told. Sent again, they come out with the same ids.
 */
export function reportsOf(errors: readonly OtlpError[], spans: SpanForest): OtlpReport[] {
  const reports = new Map<string, OtlpReport>();
  const alike = new Map<string, number>();
  for (const error of errors) {
    const traced = tracedId(error);
    const report: OtlpReport = {
      error,
      isTraced: traced !== undefined,
      entry: error.span && spans.outermost(error.span),
    };
    if (traced) {
      const known = reports.get(traced);
      reports.set(traced, known ? merge(known, { ...report, id: traced }) : { ...report, id: traced });
      continue;
    }
    const sent = sentDigest(error);
    const nth = alike.get(sent) ?? 0;
    alike.set(sent, nth + 1);
    const id = digest(sent, String(nth));
    reports.set(id, error.time > 0n ? { ...report, id } : report);
  }
  return [...reports.values()];
}
