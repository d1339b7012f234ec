/** The small parts of OTLP's messages: values, attributes, ids and times. Pure. */
import { isObject } from './report-fields';

/** The request as a whole is not what it says it is. The message is for the caller. */
export class OtlpFormatError extends Error {
  override name = 'OtlpFormatError';
}

/** The request has more in it than is taken at once: the sender can send smaller ones. The message is for the caller. */
export class OtlpTooMany extends Error {
  override name = 'OtlpTooMany';
}

/** Levels of lists and maps in one value; the usual limit of protobuf parsers. Far less is kept. */
export const MAX_NESTING = 100;
/** Values of one record that are looked at. */
export const MAX_VALUES = 10_000;

export type Attributes = Record<string, unknown>;

interface Budget {
  values: number;
}

/** An `intValue`: number or text. What JavaScript's numbers do not hold stays text. */
function integer(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) return typeof value === 'number' ? value : null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const double = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? value : null;
};

const KINDS: Record<string, (value: unknown, depth: number, budget: Budget) => unknown> = {
  stringValue: (value) => (typeof value === 'string' ? value : null),
  boolValue: (value) => (typeof value === 'boolean' ? value : null),
  intValue: integer,
  doubleValue: double,
  arrayValue: (value, depth, budget) => list(value).map((item) => plain(item, depth + 1, budget)),
  kvlistValue: (value, depth, budget) => record(list(value), depth + 1, budget),
  bytesValue: (value) => (typeof value === 'string' ? value : null),
};

const list = (value: unknown): unknown[] => (isObject(value) && Array.isArray(value.values) ? value.values : []);

function plain(value: unknown, depth: number, budget: Budget): unknown {
  if (depth > MAX_NESTING) throw new OtlpFormatError(`A value is nested deeper than ${MAX_NESTING} levels.`);
  if (!isObject(value) || ++budget.values > MAX_VALUES) return null;
  for (const kind in KINDS) if (Object.hasOwn(value, kind)) return KINDS[kind]!(value[kind], depth, budget);
  return null;
}

function record(pairs: readonly unknown[], depth: number, budget: Budget): Attributes {
  const entries: [string, unknown][] = [];
  for (const pair of pairs) {
    if (budget.values > MAX_VALUES) break;
    if (isObject(pair) && typeof pair.key === 'string') entries.push([pair.key, plain(pair.value, depth, budget)]);
  }
  return Object.fromEntries(entries);
}

/** An AnyValue as plain JSON; null for an empty one and for what is none. @throws OtlpFormatError nested too deeply. */
export const plainValue = (value: unknown): unknown => plain(value, 0, { values: 0 });

/** A list of KeyValues as an object; of a repeated key the last one counts. @throws OtlpFormatError nested too deeply. */
export const plainAttributes = (pairs: unknown): Attributes =>
  Array.isArray(pairs) ? record(pairs, 0, { values: 0 }) : {};

/** Text of a string, number or boolean that is not blank. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A trace or span id in lower-case hex; undefined for none, the one of zeros included. */
export function hexId(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\da-f]{1,64}$/i.test(value) && /[^0]/.test(value)
    ? value.toLowerCase()
    : undefined;
}

/** Nanoseconds since 1970 from a number or its text; 0 for none. */
export function nanos(value: unknown): bigint {
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? BigInt(value) : 0n;
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? BigInt(Math.round(value)) : 0n;
}

/** ISO instant of nanoseconds; undefined for 0. */
export const instantOf = (time: bigint): string | undefined =>
  time > 0n ? new Date(Number(time / 1_000_000n)).toISOString() : undefined;

/** An enum's number, also as text. */
export const enumOf = (value: unknown): number => {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : 0;
};
