import { LEVELS, type Level } from '../event-schema';
import { parseInstant } from '../limits';
import { parseEventIdentifier } from '../normalize-event';

/** One thing wrong with a report: the field's name, what is wrong, what was expected there. */
export interface ReportFieldError {
  field: string;
  message: string;
  expected: string;
}

/** Why a report was refused. `field`, `message` and `expected` repeat the first of `errors`. */
export interface ReportError extends ReportFieldError {
  code: 'validation_failed' | 'malformed_json' | 'not_stored' | 'unavailable';
  errors: ReportFieldError[];
}

export function reportError(errors: ReportFieldError[], code: ReportError['code'] = 'validation_failed'): ReportError {
  return { code, ...errors[0]!, errors };
}

/** The caller's `severity` as a level. */
export const SEVERITY_LEVELS: Record<string, Level> = {
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'fatal',
};

const LEVEL_ALIASES: Record<string, Level> = {
  warn: 'warning',
  log: 'info',
  critical: 'fatal',
  err: 'error',
  trace: 'debug',
};
const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text);

/** `debug` … `fatal`, with the names other loggers use; null when it is none. */
export function parseLevel(text: string): Level | null {
  const lower = text.trim().toLowerCase();
  if (isLevel(lower)) return lower;
  return Object.hasOwn(LEVEL_ALIASES, lower) ? LEVEL_ALIASES[lower]! : null;
}

const wordFor = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`;
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

interface Rule {
  expected: string;
  accepts(value: unknown): boolean;
}

const text: Rule = { expected: 'a string', accepts: (value) => typeof value === 'string' };
const filledText: Rule = {
  expected: 'a non-empty string',
  accepts: (value) => typeof value === 'string' && /\S/.test(value),
};
const textOrNumber: Rule = {
  expected: 'a string',
  accepts: (value) => typeof value === 'string' || typeof value === 'number',
};
const object: Rule = { expected: 'an object', accepts: isObject };
const identifier: Rule = {
  expected: '32 hexadecimal digits or a UUID',
  accepts: (value) => typeof value === 'string' && parseEventIdentifier(value) !== null,
};
const instant: Rule = {
  expected: 'an ISO 8601 instant or seconds since 1970',
  accepts: (value) => parseInstant(value) !== null,
};

const REQUIRED: Record<string, Rule> = { service: filledText, error_type: filledText, error_message: filledText };

const OPTIONAL: Record<string, Rule> = {
  context: text,
  severity: {
    expected: 'one of low, medium, high, critical',
    accepts: (value) => typeof value === 'string' && Object.hasOwn(SEVERITY_LEVELS, value.trim().toLowerCase()),
  },
  level: {
    expected: `one of ${LEVELS.join(', ')}`,
    accepts: (value) => typeof value === 'string' && parseLevel(value) !== null,
  },
  stack_trace: {
    expected: 'a string or a list of lines',
    accepts: (value) =>
      typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string')),
  },
  additional_data: object,
  environment: text,
  release: textOrNumber,
  timestamp: instant,
  tags: { expected: 'an object or a list of pairs', accepts: (value) => isObject(value) || Array.isArray(value) },
  user: { expected: 'an object or a string', accepts: (value) => isObject(value) || textOrNumber.accepts(value) },
  event_id: identifier,
  id: identifier,
  language: text,
  fingerprint: {
    expected: 'a list of strings',
    accepts: (value) =>
      Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number'),
  },
};

const REQUIRED_RULES = Object.entries(REQUIRED);
const OPTIONAL_RULES = new Map(Object.entries(OPTIONAL));

/** Names the API knows; any other key is kept as it is. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set([...Object.keys(REQUIRED), ...Object.keys(OPTIONAL)]);

/** Everything wrong with the known fields of a report, in the order of the documentation. Null counts as absent. */
export function checkFields(report: Record<string, unknown>): ReportFieldError[] {
  return isGood(report) ? [] : findErrors(report);
}

/** Whether there is nothing to find; nearly always there is not. */
function isGood(report: Record<string, unknown>): boolean {
  for (const [field, { accepts }] of REQUIRED_RULES) if (!accepts(report[field])) return false;
  for (const field in report) {
    const value = report[field];
    if (value !== null && OPTIONAL_RULES.get(field)?.accepts(value) === false) return false;
  }
  return true;
}

function findErrors(report: Record<string, unknown>): ReportFieldError[] {
  const errors: ReportFieldError[] = [];
  for (const [field, { expected, accepts }] of REQUIRED_RULES) {
    const value = report[field];
    if (accepts(value)) continue;
    const missing = value === undefined || value === null;
    const message = missing
      ? `${field} is required`
      : `${field} is ${typeof value === 'string' ? 'empty' : wordFor(value)}`;
    errors.push({ field, message, expected });
  }
  for (const [field, { expected, accepts }] of OPTIONAL_RULES) {
    const value = report[field];
    if (value === undefined || value === null || accepts(value)) continue;
    const got =
      typeof value === 'string' || typeof value === 'number' ? `"${String(value).slice(0, 60)}"` : wordFor(value);
    errors.push({ field, message: `${field} is ${got}, expected ${expected}`, expected });
  }
  return errors;
}

/** Why this is no report at all; null when it is an object, whose fields can then be looked at. */
export function checkObject(value: unknown, field: string): ReportFieldError | null {
  if (isObject(value)) return null;
  return { field, message: `${field} is ${wordFor(value)}, expected a JSON object`, expected: 'a JSON object' };
}
