/** OTLP requests for tests, in JSON and in protobuf. The field numbers are written out once more, apart from the reader's. */
import protobuf, { type Writer } from 'protobufjs/minimal.js';

type Scalar = string | number | boolean | null;
export type Value = Scalar | Value[] | { [key: string]: Value };

export interface LogFixture {
  time?: string;
  observed?: string;
  severity?: number;
  severityText?: string;
  body?: Value;
  attributes?: Record<string, Value>;
  traceId?: string;
  spanId?: string;
  eventName?: string;
}

export interface SpanFixture {
  traceId: string;
  spanId: string;
  parent?: string;
  name: string;
  kind?: number;
  start?: string;
  end?: string;
  attributes?: Record<string, Value>;
  exceptions?: { time: string; attributes: Record<string, Value> }[];
  status?: { code: number; message?: string };
}

interface Sender {
  resource?: Record<string, Value>;
  scope?: string;
}

const anyValue = (value: Value): Record<string, unknown> => {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: keyValues(value) } };
};

const keyValues = (record: Record<string, Value> = {}): { key: string; value: Record<string, unknown> }[] =>
  Object.entries(record).map(([key, value]) => ({ key, value: anyValue(value) }));

/** A request of log records as exporters write it in JSON. */
export const logsJson = (records: LogFixture[], { resource, scope = 'app' }: Sender = {}) => ({
  resourceLogs: [
    {
      resource: { attributes: keyValues(resource), droppedAttributesCount: 0 },
      scopeLogs: [
        {
          scope: { name: scope },
          logRecords: records.map((log) => ({
            timeUnixNano: log.time,
            observedTimeUnixNano: log.observed,
            severityNumber: log.severity,
            severityText: log.severityText,
            body: log.body === undefined ? undefined : anyValue(log.body),
            attributes: keyValues(log.attributes),
            traceId: log.traceId,
            spanId: log.spanId,
            eventName: log.eventName,
          })),
        },
      ],
    },
  ],
});

/** A request of spans as exporters write it in JSON. */
export const tracesJson = (spans: SpanFixture[], { resource, scope = 'app' }: Sender = {}) => ({
  resourceSpans: [
    {
      resource: { attributes: keyValues(resource) },
      scopeSpans: [
        {
          scope: { name: scope },
          spans: spans.map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            parentSpanId: span.parent,
            name: span.name,
            kind: span.kind ?? 1,
            startTimeUnixNano: span.start,
            endTimeUnixNano: span.end,
            attributes: keyValues(span.attributes),
            events: (span.exceptions ?? []).map(({ time, attributes }) => ({
              name: 'exception',
              timeUnixNano: time,
              attributes: keyValues(attributes),
            })),
            status: span.status ?? {},
          })),
        },
      ],
    },
  ],
});

type Write = (writer: Writer) => void;

const tag = (number: number, wire: number): number => (number << 3) | wire;

function message(write: Write): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish();
}

const inner = (writer: Writer, number: number, write: Write): void => {
  writer.uint32(tag(number, 2)).bytes(message(write));
};
const text = (writer: Writer, number: number, value: string | undefined): void => {
  if (value !== undefined) writer.uint32(tag(number, 2)).string(value);
};
const hex = (writer: Writer, number: number, value: string | undefined): void => {
  if (value !== undefined) writer.uint32(tag(number, 2)).bytes(Buffer.from(value, 'hex'));
};
const time = (writer: Writer, number: number, value: string | undefined): void => {
  if (value === undefined) return;
  const nanos = BigInt(value);
  writer.uint32(tag(number, 1)).raw(Buffer.from(new BigUint64Array([nanos]).buffer));
};
const int = (writer: Writer, number: number, value: number | undefined): void => {
  if (value !== undefined) writer.uint32(tag(number, 0)).int64(value);
};

function writeValue(writer: Writer, value: Value): void {
  if (value === null) return;
  if (typeof value === 'string') text(writer, 1, value);
  else if (typeof value === 'boolean') writer.uint32(tag(2, 0)).bool(value);
  else if (typeof value === 'number' && Number.isInteger(value)) int(writer, 3, value);
  else if (typeof value === 'number') writer.uint32(tag(4, 1)).double(value);
  else if (Array.isArray(value)) {
    inner(writer, 5, (list) => {
      for (const item of value) inner(list, 1, (one) => writeValue(one, item));
    });
  } else inner(writer, 6, (map) => writeAttributes(map, 1, value));
}

function writeAttributes(writer: Writer, number: number, attributes: Record<string, Value> = {}): void {
  for (const [key, value] of Object.entries(attributes)) {
    inner(writer, number, (pair) => {
      text(pair, 1, key);
      inner(pair, 2, (one) => writeValue(one, value));
    });
  }
}

function request({ resource, scope = 'app' }: Sender, write: Write): Buffer {
  const bytes = message((all) =>
    inner(all, 1, (group) => {
      inner(group, 1, (one) => writeAttributes(one, 1, resource));
      inner(group, 2, (scoped) => {
        inner(scoped, 1, (one) => text(one, 1, scope));
        write(scoped);
      });
    }),
  );
  return Buffer.from(bytes);
}

/** `logsJson` in protobuf. */
export const logsProtobuf = (records: LogFixture[], sender: Sender = {}): Buffer =>
  request(sender, (scoped) => {
    for (const log of records) {
      inner(scoped, 2, (record) => {
        time(record, 1, log.time);
        int(record, 2, log.severity);
        text(record, 3, log.severityText);
        const { body } = log;
        if (body !== undefined) inner(record, 5, (one) => writeValue(one, body));
        writeAttributes(record, 6, log.attributes);
        hex(record, 9, log.traceId);
        hex(record, 10, log.spanId);
        time(record, 11, log.observed);
        text(record, 12, log.eventName);
      });
    }
  });

/** `tracesJson` in protobuf. */
export const tracesProtobuf = (spans: SpanFixture[], sender: Sender = {}): Buffer =>
  request(sender, (scoped) => {
    for (const span of spans) {
      inner(scoped, 2, (one) => {
        hex(one, 1, span.traceId);
        hex(one, 2, span.spanId);
        hex(one, 4, span.parent);
        text(one, 5, span.name);
        int(one, 6, span.kind ?? 1);
        time(one, 7, span.start);
        time(one, 8, span.end);
        writeAttributes(one, 9, span.attributes);
        for (const exception of span.exceptions ?? []) {
          inner(one, 11, (event) => {
            time(event, 1, exception.time);
            text(event, 2, 'exception');
            writeAttributes(event, 3, exception.attributes);
          });
        }
        inner(one, 15, (status) => {
          text(status, 2, span.status?.message);
          int(status, 3, span.status?.code);
        });
      });
    }
  });

/** A value nested in lists, so many levels deep, as a log record's body in protobuf. */
export function nestedLogProtobuf(levels: number): Buffer {
  let bytes: Uint8Array = message((one) => text(one, 1, 'x'));
  for (let level = 0; level < levels; level++) {
    const within = bytes;
    bytes = message((one) => inner(one, 5, (list) => list.uint32(tag(1, 2)).bytes(within)));
  }
  const body = bytes;
  return request({}, (scoped) =>
    inner(scoped, 2, (record) => {
      int(record, 2, 17);
      record.uint32(tag(5, 2)).bytes(body);
    }),
  );
}
