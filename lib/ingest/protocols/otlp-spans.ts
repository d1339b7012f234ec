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

  /**
   * Where a span stands: how many spans are above it, and which of them, or itself, is the outermost that takes requests;
   * without one the outermost there is.
   */
  placeOf(span: SpanNode): { entry: SpanNode; depth: number } {
    let entry: SpanNode | undefined;
    let top = span;
    let depth = -1;
    for (let at: SpanNode | undefined = span; at && depth < MAX_ANCESTORS; depth++) {
      if (at.isEntry) entry = at;
      top = at;
      at = at.parentSpanId ? this.#spans.get(key(at.traceId, at.parentSpanId)) : undefined;
    }
    return { entry: entry ?? top, depth };
  }
}
