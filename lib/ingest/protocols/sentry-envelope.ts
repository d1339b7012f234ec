import { LIMITS } from '../limits';
import { isObject } from './report-fields';
import { parseLenientJson } from './sentry-json';

export interface EnvelopeItem {
  /** Empty when the header names none. */
  type: string;
  header: Record<string, unknown>;
  payload: Buffer;
}

export interface Envelope {
  header: Record<string, unknown>;
  items: EnvelopeItem[];
  /** Why the rest could not be read, one sentence each. */
  malformed: string[];
}

const LF = 10;
const MAX_HEADER = 8 * 1024;
const MAX_ITEMS = 100;

const isBlank = (byte: number | undefined): boolean => byte === LF || byte === 13 || byte === 32 || byte === 9;

function lineEnd(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(LF, start);
  return end < 0 ? bytes.length : end;
}

function readHeader(bytes: Buffer, start: number, end: number): Record<string, unknown> | null {
  if (end - start > MAX_HEADER) return null;
  const value = parseLenientJson(bytes.toString('utf8', start, end));
  return isObject(value) ? value : null;
}

const isJson = (bytes: Buffer): boolean => {
  const first = bytes[0];
  if (bytes.length > LIMITS.jsonItem) return false;
  return (first === 123 || first === 91) && parseLenientJson(bytes.toString('utf8')) !== undefined;
};

/** Where the payload that begins at `start` ends; null when its `length` is wrong and no JSON tells better. */
function payloadEnd(bytes: Buffer, start: number, length: unknown): number | null {
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) return lineEnd(bytes, start);
  const end = start + length;
  if (end === bytes.length || (end < bytes.length && isBlank(bytes[end]))) return end;
  const line = lineEnd(bytes, start);
  if (isJson(bytes.subarray(start, line))) return line;
  return end > bytes.length && isJson(bytes.subarray(start)) ? bytes.length : null;
}

/**
 * Splits an envelope into its items, on bytes: a header line, then for each item a header line and a payload of the stated
 * length, or up to the end of the line. What cannot be read ends the envelope; the items before it stay.
 * @returns `error` when not even the first line is a JSON object.
 */
export function parseEnvelope(bytes: Buffer): Envelope | { error: string } {
  let at = 0;
  const skipBlank = (): void => {
    while (at < bytes.length && isBlank(bytes[at])) at++;
  };
  skipBlank();
  if (at === bytes.length) return { error: 'the envelope is empty' };
  const headerEnd = lineEnd(bytes, at);
  const header = readHeader(bytes, at, headerEnd);
  if (!header) return { error: 'the first line of the envelope is no JSON object' };
  at = headerEnd + 1;
  const envelope: Envelope = { header, items: [], malformed: [] };
  for (;;) {
    skipBlank();
    if (at >= bytes.length) return envelope;
    const name = `item ${envelope.items.length + 1}`;
    if (envelope.items.length === MAX_ITEMS) {
      envelope.malformed.push(`only the first ${MAX_ITEMS} items were read`);
      return envelope;
    }
    const itemHeaderEnd = lineEnd(bytes, at);
    const itemHeader = readHeader(bytes, at, itemHeaderEnd);
    if (!itemHeader) {
      envelope.malformed.push(`the header of ${name} is no JSON object`);
      return envelope;
    }
    const start = Math.min(itemHeaderEnd + 1, bytes.length);
    const end = payloadEnd(bytes, start, itemHeader.length);
    if (end === null) {
      envelope.malformed.push(`the length of ${name} does not fit its payload`);
      return envelope;
    }
    const type = typeof itemHeader.type === 'string' ? itemHeader.type : '';
    envelope.items.push({ type, header: itemHeader, payload: bytes.subarray(start, end) });
    at = end;
  }
}
