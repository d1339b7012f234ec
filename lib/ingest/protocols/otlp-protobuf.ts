/**
 * OTLP's protobuf form, read into the shape of its JSON form. Only the fields that errors need; the rest is skipped. Lists
 * that can be long (`later`) are left as bytes, so that a request costs memory for what is kept of it only.
 */
import protobuf, { type Reader } from 'protobufjs/minimal.js';
import { MAX_NESTING, OtlpFormatError, OtlpTooMany } from './otlp-values';

type Scalar = 'string' | 'hex' | 'bytes' | 'fixed64' | 'int64' | 'int32' | 'bool' | 'double';

interface Field {
  name: string;
  type: Scalar | MessageName;
  repeated?: true;
  /** Its messages are handed out as bytes. */
  later?: true;
}

type MessageName = keyof typeof MESSAGES;
type Message = Record<number, Field>;

const attributes = { name: 'attributes', type: 'KeyValue', repeated: true } as const;
const resource = { name: 'resource', type: 'Resource' } as const;
const scope = { name: 'scope', type: 'Scope' } as const;

/** Field numbers of opentelemetry-proto 1.x. */
const MESSAGES = {
  LogsRequest: { 1: { name: 'resourceLogs', type: 'ResourceLogs', repeated: true } },
  ResourceLogs: { 1: resource, 2: { name: 'scopeLogs', type: 'ScopeLogs', repeated: true } },
  ScopeLogs: { 1: scope, 2: { name: 'logRecords', type: 'LogRecord', repeated: true, later: true } },
  LogRecord: {
    1: { name: 'timeUnixNano', type: 'fixed64' },
    2: { name: 'severityNumber', type: 'int32' },
    3: { name: 'severityText', type: 'string' },
    5: { name: 'body', type: 'AnyValue' },
    6: attributes,
    9: { name: 'traceId', type: 'hex' },
    10: { name: 'spanId', type: 'hex' },
    11: { name: 'observedTimeUnixNano', type: 'fixed64' },
    12: { name: 'eventName', type: 'string' },
  },
  TraceRequest: { 1: { name: 'resourceSpans', type: 'ResourceSpans', repeated: true } },
  ResourceSpans: { 1: resource, 2: { name: 'scopeSpans', type: 'ScopeSpans', repeated: true } },
  ScopeSpans: { 1: scope, 2: { name: 'spans', type: 'Span', repeated: true, later: true } },
  Span: {
    1: { name: 'traceId', type: 'hex' },
    2: { name: 'spanId', type: 'hex' },
    4: { name: 'parentSpanId', type: 'hex' },
    5: { name: 'name', type: 'string' },
    6: { name: 'kind', type: 'int32' },
    7: { name: 'startTimeUnixNano', type: 'fixed64' },
    8: { name: 'endTimeUnixNano', type: 'fixed64' },
    9: attributes,
    11: { name: 'events', type: 'SpanEvent', repeated: true },
    15: { name: 'status', type: 'Status' },
  },
  SpanEvent: { 1: { name: 'timeUnixNano', type: 'fixed64' }, 2: { name: 'name', type: 'string' }, 3: attributes },
  Status: { 2: { name: 'message', type: 'string' }, 3: { name: 'code', type: 'int32' } },
  Resource: { 1: attributes },
  Scope: { 1: { name: 'name', type: 'string' }, 2: { name: 'version', type: 'string' }, 3: attributes },
  KeyValue: { 1: { name: 'key', type: 'string' }, 2: { name: 'value', type: 'AnyValue' } },
  AnyValue: {
    1: { name: 'stringValue', type: 'string' },
    2: { name: 'boolValue', type: 'bool' },
    3: { name: 'intValue', type: 'int64' },
    4: { name: 'doubleValue', type: 'double' },
    5: { name: 'arrayValue', type: 'ArrayValue' },
    6: { name: 'kvlistValue', type: 'KeyValueList' },
    7: { name: 'bytesValue', type: 'bytes' },
  },
  ArrayValue: { 1: { name: 'values', type: 'AnyValue', repeated: true } },
  KeyValueList: { 1: { name: 'values', type: 'KeyValue', repeated: true } },
} as const satisfies Record<string, Record<number, Omit<Field, 'type'> & { type: string }>>;

const SCALARS: Record<Scalar, { wire: number; read(reader: Reader): unknown }> = {
  string: { wire: 2, read: (reader) => reader.string() },
  hex: { wire: 2, read: (reader) => Buffer.from(reader.bytes()).toString('hex') },
  bytes: { wire: 2, read: (reader) => Buffer.from(reader.bytes()).toString('base64') },
  fixed64: { wire: 1, read: readFixed64 },
  int64: { wire: 0, read: (reader) => reader.int64().toString() },
  int32: { wire: 0, read: (reader) => reader.int32() },
  bool: { wire: 0, read: (reader) => reader.bool() },
  double: { wire: 1, read: (reader) => reader.double() },
};

function readFixed64(reader: Reader): string {
  const low = BigInt(reader.fixed32());
  return ((BigInt(reader.fixed32()) << 32n) | low).toString();
}

const isScalar = (type: Field['type']): type is Scalar => Object.hasOwn(SCALARS, type);
const wireOf = ({ type }: Field): number => (isScalar(type) ? SCALARS[type].wire : 2);
const fieldsOf = (name: MessageName): Message => MESSAGES[name];

/** Messages inside of one request, records included, and inside of one record: of a record the rest is left out. */
const MAX_IN_REQUEST = 200_000;
const MAX_IN_RECORD = 30_000;

/** How many messages may still be read, and what happens then. */
interface Budget {
  left: number;
  spent(): void;
}

const inRequest = (): Budget => ({
  left: MAX_IN_REQUEST,
  spent: () => {
    throw new OtlpTooMany(`More than ${MAX_IN_REQUEST} records and attributes in one request.`);
  },
});
const inRecord = (): Budget => ({ left: MAX_IN_RECORD, spent: () => {} });

function readField(reader: Reader, field: Field, depth: number, budget: Budget): unknown {
  if (isScalar(field.type)) return SCALARS[field.type].read(reader);
  const bytes = reader.bytes();
  return field.later ? bytes : readMessage(bytes, field.type, depth + 1, budget);
}

function readMessage(bytes: Uint8Array, name: MessageName, depth: number, budget: Budget): Record<string, unknown> {
  // An attribute's value is two messages deep for each of its own levels.
  if (depth > MAX_NESTING * 3) throw new OtlpFormatError(`A value is nested deeper than ${MAX_NESTING} levels.`);
  const fields = fieldsOf(name);
  const reader = protobuf.Reader.create(bytes);
  let message: Record<string, unknown> = {};
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    const [number, wire] = [tag >>> 3, tag & 7];
    const field = fields[number];
    const isMessage = field !== undefined && !isScalar(field.type);
    if (isMessage && --budget.left < 0) budget.spent();
    if (!field || wire !== wireOf(field) || (isMessage && budget.left < 0)) {
      reader.skipType(wire, 0, number);
      continue;
    }
    const value = readField(reader, field, depth, budget);
    // A value is one of its kinds: the last that is sent.
    if (name === 'AnyValue') message = { [field.name]: value };
    else if (!field.repeated) message[field.name] = value;
    else {
      const list = message[field.name];
      if (Array.isArray(list)) list.push(value);
      else message[field.name] = [value];
    }
  }
  return message;
}

/** Reads one message. Records and spans inside of requests are left as bytes. @throws OtlpFormatError when it is none; OtlpTooMany. */
export function decodeProtobuf(
  bytes: Uint8Array,
  name: 'LogsRequest' | 'TraceRequest' | 'LogRecord' | 'Span',
): Record<string, unknown> {
  try {
    return readMessage(bytes, name, 0, name.endsWith('Request') ? inRequest() : inRecord());
  } catch (error) {
    if (error instanceof OtlpFormatError || error instanceof OtlpTooMany) throw error;
    throw new OtlpFormatError('The body is no OTLP message in protobuf.');
  }
}
