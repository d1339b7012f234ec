/** A request of OTLP taken apart into its records, each with where it came from. Pure. */
import { decodeJsonBody } from './errors-api';
import type { OtlpEncoding } from './otlp-answer';
import { decodeProtobuf } from './otlp-protobuf';
import { type Attributes, OtlpFormatError, plainAttributes, textOf } from './otlp-values';
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

/** More are refused: the sender can send smaller batches, and a record costs us more than it costs the sender. */
const MAX_ITEMS = 100_000;

/** The request has more in it than is taken at once. */
export class OtlpTooMany extends Error {
  override name = 'OtlpTooMany';
}

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

function parseJson(body: Buffer): Record<string, unknown> {
  const decoded = decodeJsonBody(body);
  if ('error' in decoded) throw new OtlpFormatError(`${decoded.error.message}.`);
  if (!isObject(decoded.value)) throw new OtlpFormatError('The body is no JSON object.');
  return decoded.value;
}

/**
 * All records of a request, not yet read. @throws OtlpFormatError when the request as a whole is none; OtlpTooMany.
 */
export function splitOtlp(body: Buffer, signal: 'logs' | 'traces', encoding: OtlpEncoding): OtlpItem[] {
  const shape = SHAPES[signal];
  const request = encoding === 'json' ? parseJson(body) : decodeProtobuf(body, shape.request);
  const found: OtlpItem[] = [];
  for (const group of objectsOf(request, shape.resources)) {
    const resource = isObject(group.resource) ? plainAttributes(group.resource.attributes) : {};
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
