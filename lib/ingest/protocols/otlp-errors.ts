/** Which log records and spans are errors. Pure. */
import type { Level } from '../event-schema';
import type { OtlpOrigin } from './otlp-request';
import type { SpanNode } from './otlp-spans';
import { type Attributes, enumOf, hexId, nanos, plainAttributes, plainValue, textOf } from './otlp-values';
import { isObject, parseLevel } from './report-fields';

/** An error as OpenTelemetry tells it. */
export interface OtlpError {
  origin: OtlpOrigin;
  /** Nanoseconds since 1970; 0 when it was not said. */
  time: bigint;
  level: Level;
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  /** Of the exception. An error without type and message is told by `body`. */
  type?: string;
  message?: string;
  stack?: string;
  /** The exception left the span it was recorded on. */
  escaped: boolean;
  body?: unknown;
  eventName?: string;
  /** Of the record, or of the span and its event, the exception's own left out. */
  attributes: Attributes;
  /** The span on which it happened. */
  span?: SpanNode;
}

/** Told by an exception, not only by a message. */
export const isException = ({ type, message }: OtlpError): boolean => Boolean(type || message);

const WARN = 13;
const ERROR = 17;

/** The first number of each level's range; texts that loggers of various languages use have the number of theirs. */
const TEXTS: Record<string, number> = {
  severe: 17,
  crit: 21,
  panic: 21,
  alert: 21,
  emergency: 21,
  emerg: 21,
  notice: 9,
};
const NUMBERS: Record<Level, number> = { debug: 5, info: 9, warning: WARN, error: ERROR, fatal: 21 };

/** 1 to 24; 0 when neither number nor text says anything. */
function severityOf(number: number, text: string | undefined): number {
  if (number >= 1 && number <= 24) return number;
  const word = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/[2-4]$/, '')
    .slice(0, 40);
  if (Object.hasOwn(TEXTS, word)) return TEXTS[word]!;
  const level = parseLevel(word);
  return level ? NUMBERS[level] : 0;
}

function levelOf(severity: number): Level {
  if (severity === 0) return 'error';
  if (severity < 9) return 'debug';
  if (severity < WARN) return 'info';
  if (severity < ERROR) return 'warning';
  return severity < 21 ? 'error' : 'fatal';
}

interface Thrown {
  type?: string;
  message?: string;
  stack?: string;
  escaped: boolean;
}

/** Takes the exception out of attributes; null when there is none. */
function takeException(attributes: Attributes): { thrown: Thrown; rest: Attributes } | null {
  const {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stack,
    'exception.escaped': escaped,
    ...rest
  } = attributes;
  const thrown: Thrown = {
    type: textOf(type)?.trim(),
    message: textOf(message),
    stack: Array.isArray(stack) ? stack.map(textOf).join('\n') : textOf(stack),
    escaped: escaped === true || escaped === 'true' || escaped === 'True',
  };
  return thrown.type || thrown.message ? { thrown, rest } : null;
}

/** An exception from WARN on, anything else from ERROR on; null for what is only a log. A record without severity may be an exception. */
export function readLog(record: Record<string, unknown>, origin: OtlpOrigin): OtlpError | null {
  const severity = severityOf(enumOf(record.severityNumber), textOf(record.severityText));
  if (severity > 0 && severity < WARN) return null;
  const attributes = plainAttributes(record.attributes);
  const exception = takeException(attributes);
  if (!exception && severity < ERROR) return null;
  return {
    origin,
    time: nanos(record.timeUnixNano) || nanos(record.observedTimeUnixNano),
    level: levelOf(severity),
    traceId: hexId(record.traceId),
    spanId: hexId(record.spanId),
    body: plainValue(record.body),
    eventName: textOf(record.eventName),
    escaped: false,
    ...exception?.thrown,
    attributes: exception?.rest ?? attributes,
  };
}

const STATUS_ERROR = 2;

/** The exceptions recorded on a span, and, if there are none, why it failed. */
export function readSpan(
  record: Record<string, unknown>,
  span: SpanNode,
  origin: OtlpOrigin,
): { exceptions: OtlpError[]; failure: OtlpError | null } {
  const common = {
    origin,
    level: 'error' as const,
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    span,
  };
  const exceptions: OtlpError[] = [];
  for (const event of Array.isArray(record.events) ? record.events : []) {
    if (!isObject(event) || event.name !== 'exception') continue;
    const exception = takeException(plainAttributes(event.attributes));
    if (!exception) continue;
    const time = nanos(event.timeUnixNano) || span.start;
    exceptions.push({ ...common, time, ...exception.thrown, attributes: { ...span.attributes, ...exception.rest } });
  }
  const status = isObject(record.status) ? record.status : {};
  if (exceptions.length > 0 || enumOf(status.code) !== STATUS_ERROR) return { exceptions, failure: null };
  const told = textOf(span.attributes['error.type']);
  // HTTP instrumentations put the status there: no name of an error.
  const type = told && !/^(?:\d{3}|_OTHER)$/.test(told) ? told : undefined;
  const message = textOf(status.message);
  if (!type && !message) return { exceptions, failure: null };
  const time = nanos(record.endTimeUnixNano) || span.start;
  const failure = { ...common, time, type, escaped: false, attributes: span.attributes };
  return { exceptions, failure: type ? { ...failure, message } : { ...failure, body: message } };
}
