import type { OtlpEncoding } from './protocols/otlp-answer';
import { type OtlpError, readLog, readSpan } from './protocols/otlp-errors';
import { type OtlpReport, reportsOf } from './protocols/otlp-identity';
import { type OtlpOrigin, splitOtlp } from './protocols/otlp-request';
import { readSpanNode, SpanForest, type SpanNode } from './protocols/otlp-spans';
import { OtlpFormatError, OtlpTooMany } from './protocols/otlp-values';
import type { TimeSlices } from './time-slices';

/** The errors of a request, each once, and how many of its records were none that OTLP knows. */
export interface OtlpErrors {
  reports: OtlpReport[];
  malformed: number;
}

const MAX_ERRORS = 20_000;

interface Findings {
  errors: OtlpError[];
  /** Spans that failed without an exception of their own. */
  failures: OtlpError[];
  spans: SpanNode[];
}

type Take = (record: Record<string, unknown>, origin: OtlpOrigin, found: Findings) => void;

const takeSpan: Take = (record, origin, { errors, failures, spans }) => {
  const node = readSpanNode(record);
  const { exceptions, failure } = readSpan(record, node, origin);
  for (const exception of exceptions) errors.push(exception);
  if (failure && (node.isEntry || !node.parentSpanId)) failures.push(failure);
  spans.push(node.isEntry ? node : { ...node, attributes: {} });
};

const takeLog: Take = (record, origin, { errors }) => {
  const error = readLog(record, origin);
  if (error) errors.push(error);
};

/**
 * Reads a request of logs or traces. Spans that failed count where they answer for a request or begin a trace, and only
 * when no exception of that trace says more.
 * @throws OtlpFormatError when there is nothing to be understood in it; OtlpTooMany.
 */
export async function readOtlp(
  body: Buffer,
  options: { signal: 'logs' | 'traces'; encoding: OtlpEncoding; slices: TimeSlices },
): Promise<OtlpErrors> {
  const items = splitOtlp(body, options.signal, options.encoding);
  const take = options.signal === 'traces' ? takeSpan : takeLog;
  const found: Findings = { errors: [], failures: [], spans: [] };
  let malformed = 0;
  await options.slices.map(items, ({ origin, read }) => {
    const record = read();
    if (record) take(record, origin, found);
    else malformed++;
    if (found.errors.length > MAX_ERRORS) throw new OtlpTooMany(`More than ${MAX_ERRORS} errors in one request.`);
  });
  if (items.length > 0 && malformed === items.length) throw new OtlpFormatError('None of the records is an object.');
  const told = new Set(found.errors.map(({ traceId }) => traceId));
  const failures = found.failures.filter(({ traceId }) => !told.has(traceId));
  return { reports: reportsOf([...found.errors, ...failures], new SpanForest(found.spans)), malformed };
}
