import type { EventDraft } from './normalize-event';
import type { OtlpEncoding } from './protocols/otlp-answer';
import { otlpDraft } from './protocols/otlp-draft';
import { type OtlpError, readLog, readSpan } from './protocols/otlp-errors';
import { reportsOf } from './protocols/otlp-identity';
import { type OtlpItem, OtlpTooMany, splitOtlp } from './protocols/otlp-request';
import { readSpanNode, SpanForest, type SpanNode } from './protocols/otlp-spans';
import { OtlpFormatError } from './protocols/otlp-values';
import type { TimeSlices } from './time-slices';

/** The errors of a request as events, and how many of its records were none that OTLP knows. */
export interface OtlpEvents {
  events: { draft: EventDraft; raw: Record<string, unknown> }[];
  malformed: number;
}

/** More in one request are refused, for the sender to send smaller batches. */
const MAX_ERRORS = 10_000;

async function readTraces(
  items: readonly OtlpItem[],
  slices: TimeSlices,
): Promise<{ errors: OtlpError[]; nodes: SpanNode[] }> {
  const errors: OtlpError[] = [];
  const failures: OtlpError[] = [];
  const nodes = await slices.map(items, (item) => {
    const record = item.read();
    if (!record) return null;
    const node = readSpanNode(record);
    const { exceptions, failure } = readSpan(record, node, item.origin);
    errors.push(...exceptions);
    if (failure && (node.isEntry || !node.parentSpanId)) failures.push(failure);
    return node.isEntry ? node : { ...node, attributes: {} };
  });
  const told = new Set(errors.map(({ traceId }) => traceId));
  errors.push(...failures.filter(({ traceId }) => !told.has(traceId)));
  return { errors, nodes: nodes.filter((node) => node !== null) };
}

/**
 * Reads a request of logs or traces. Spans that failed count where they answer for a request or begin a trace, and only
 * when no exception of that trace says more. `slug`: of the project.
 * @throws OtlpFormatError when there is nothing to be understood in it; OtlpTooMany.
 */
export async function readOtlp(
  body: Buffer,
  options: { signal: 'logs' | 'traces'; encoding: OtlpEncoding; slug: string; slices: TimeSlices },
): Promise<OtlpEvents> {
  const { signal, encoding, slug, slices } = options;
  const items = splitOtlp(body, signal, encoding);
  let readable = items.length;
  let errors: OtlpError[] = [];
  let nodes: SpanNode[] = [];
  if (signal === 'traces') {
    ({ errors, nodes } = await readTraces(items, slices));
    readable = nodes.length;
  } else {
    const read = await slices.map(items, (item) => {
      const record = item.read();
      if (!record) readable--;
      return record && readLog(record, item.origin);
    });
    errors = read.filter((error) => error !== null);
  }
  if (items.length > 0 && readable === 0) throw new OtlpFormatError('None of the records is an object.');
  const reports = reportsOf(errors, new SpanForest(nodes));
  if (reports.length > MAX_ERRORS) throw new OtlpTooMany(`More than ${MAX_ERRORS} errors in one request.`);
  const events = await slices.map(reports, (report) => otlpDraft(report, slug));
  return { events, malformed: items.length - readable };
}
