/** A request of OTLP taken apart into its records, each with where it came from. Pure. */
import { decodeJsonBody } from './errors-api';
import type { OtlpEncoding } from './otlp-answer';
import { decodeProtobuf } from './otlp-protobuf';
import { type Attributes, OtlpFormatError, OtlpTooMany, plainAttributes, textOf } from './otlp-values';
import { isObject } from './report-fields';

/** Who sent records: shared by all of one resource and scope. */
export interface OtlpOrigin {
  resource: Attributes;
  scope: { name?: string; version?: string };
}

/** A log record or a span, in the shape of OTLP's JSON; null when it is none. */
export interface OtlpItem {
  origin: OtlpOrigin;
  /** @throws OtlpFormatError when its bytes are no message. */
  read(): Record<string, unknown> | null;
}

const SHAPES = {
  logs: {
    request: 'LogsRequest',
    item: 'LogRecord',
    resources: 'resourceLogs',
    scopes: 'scopeLogs',
    items: 'logRecords',
  },
  traces: { request: 'TraceRequest', item: 'Span', resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' },
} as const;

/** A record costs us more than it costs the sender. */
const MAX_ITEMS = 100_000;
/** Lists and objects in a request in JSON. Empty ones take many times their text in memory. */
const MAX_BRACKETS = 4_000_000;
/** What is said of a sender is stored with each of its errors. */
const MAX_RESOURCE_TEXT = 16 * 1024;

function listOf(parent: Record<string, unknown>, field: string): unknown[] {
  const value = parent[field];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new OtlpFormatError(`${field} is no list.`);
}

function objectsOf(parent: Record<string, unknown>, field: string): Record<string, unknown>[] {
  return listOf(parent, field).map((value, at) => {
    if (isObject(value)) return value;
    throw new OtlpFormatError(`${field}.${at} is no object.`);
  });
}

function countBrackets(body: Buffer): number {
  if (body.length <= MAX_BRACKETS) return 0;
  let count = 0;
  for (let at = 0; at < body.length; at++) if (body[at] === 0x5b || body[at] === 0x7b) count++;
  return count;
}

function parseJson(body: Buffer): Record<string, unknown> {
  if (countBrackets(body) > MAX_BRACKETS)
    throw new OtlpTooMany(`More than ${MAX_BRACKETS} lists and objects in one request.`);
  const decoded = decodeJsonBody(body);
  if ('error' in decoded) throw new OtlpFormatError(`${decoded.error.message}.`);
  if (!isObject(decoded.value)) throw new OtlpFormatError('The body is no JSON object.');
  return decoded.value;
}

/** Attributes as far as their text is not too long. */
function readResource(resource: unknown): Attributes {
  let text = 0;
  const kept = Object.entries(isObject(resource) ? plainAttributes(resource.attributes) : {}).filter((attribute) => {
    text += JSON.stringify(attribute).length;
    return text <= MAX_RESOURCE_TEXT;
  });
  return Object.fromEntries(kept);
}

/**
 * All records of a request, not yet read. @throws OtlpFormatError when the request as a whole is none; OtlpTooMany.
 */
export function splitOtlp(body: Buffer, signal: 'logs' | 'traces', encoding: OtlpEncoding): OtlpItem[] {
  const shape = SHAPES[signal];
  const request = encoding === 'json' ? parseJson(body) : decodeProtobuf(body, shape.request);
  const found: OtlpItem[] = [];
  for (const group of objectsOf(request, shape.resources)) {
    const resource = readResource(group.resource);
    for (const scoped of objectsOf(group, shape.scopes)) {
      const scope = isObject(scoped.scope) ? scoped.scope : {};
      const origin = { resource, scope: { name: textOf(scope.name), version: textOf(scope.version) } };
      for (const item of listOf(scoped, shape.items)) {
        if (found.length === MAX_ITEMS) throw new OtlpTooMany(`More than ${MAX_ITEMS} ${shape.items} in one request.`);
        const read = () => {
          if (item instanceof Uint8Array) return decodeProtobuf(item, shape.item);
          return isObject(item) ? item : null;
        };
        found.push({ origin, read });
      }
    }
  }
  return found;
}
