/** The spans of a request, and how they hang together. Pure. */
import { type Attributes, enumOf, hexId, nanos, plainAttributes, textOf } from './otlp-values';

/** A span as far as its errors need it. */
export interface SpanNode {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  name: string;
  /** Takes requests or messages from outside. */
  isEntry: boolean;
  start: bigint;
  /** Of spans that are no entry they may be left out: nothing but their own errors needs them. */
  attributes: Attributes;
}

const SERVER = 2;
const CONSUMER = 5;
/** Longer chains are taken for a ring. */
const MAX_ANCESTORS = 1000;

export function readSpanNode(record: Record<string, unknown>): SpanNode {
  const kind = enumOf(record.kind);
  return {
    traceId: hexId(record.traceId),
    spanId: hexId(record.spanId),
    parentSpanId: hexId(record.parentSpanId),
    name: textOf(record.name) ?? '',
    isEntry: kind === SERVER || kind === CONSUMER,
    start: nanos(record.startTimeUnixNano),
    attributes: plainAttributes(record.attributes),
  };
}

const key = (traceId: string | undefined, spanId: string | undefined): string => `${traceId}:${spanId}`;

/** All spans of one request. */
export class SpanForest {
  readonly #spans = new Map<string, SpanNode>();

  constructor(spans: readonly SpanNode[]) {
    for (const span of spans) if (span.spanId) this.#spans.set(key(span.traceId, span.spanId), span);
  }

  /** The outermost span above (or the span itself) that takes requests; without one the outermost there is. */
  outermost(span: SpanNode): SpanNode {
    let entry: SpanNode | undefined;
    let top = span;
    for (let at: SpanNode | undefined = span, steps = 0; at && steps < MAX_ANCESTORS; steps++) {
      if (at.isEntry) entry = at;
      top = at;
      at = at.parentSpanId ? this.#spans.get(key(at.traceId, at.parentSpanId)) : undefined;
    }
    return entry ?? top;
  }
}
