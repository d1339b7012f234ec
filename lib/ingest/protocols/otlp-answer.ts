/** What OTLP clients hear, in the encoding they speak. Pure. */
import protobuf from 'protobufjs/minimal.js';
import { cutText } from '../limits';

export const ENCODINGS = { json: 'application/json', protobuf: 'application/x-protobuf' } as const;
export type OtlpEncoding = keyof typeof ENCODINGS;

export const SIGNALS = ['logs', 'traces', 'metrics'] as const;
export type OtlpSignal = (typeof SIGNALS)[number];

const REJECTED: Record<OtlpSignal, string> = {
  logs: 'rejectedLogRecords',
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
};
const MAX_MESSAGE = 1000;

/** The encoding that a Content-Type asks for; null for any other. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | null {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === ENCODINGS.json) return 'json';
  return type === ENCODINGS.protobuf ? 'protobuf' : null;
}

/** The answer to a request that was taken; `rejected` of its items were not, `reason` says why. */
export function encodeSuccess(
  encoding: OtlpEncoding,
  signal: OtlpSignal,
  rejected: number,
  reason: string,
): string | Uint8Array {
  const errorMessage = cutText(reason, MAX_MESSAGE);
  if (encoding === 'json') {
    if (rejected === 0) return '{}';
    return JSON.stringify({ partialSuccess: { [REJECTED[signal]]: String(rejected), errorMessage } });
  }
  if (rejected === 0) return new Uint8Array();
  const partial = protobuf.Writer.create();
  partial.uint32(0x08).int64(rejected).uint32(0x12).string(errorMessage);
  return protobuf.Writer.create().uint32(0x0a).bytes(partial.finish()).finish();
}

/** A failure as google.rpc.Status. */
export function encodeFailure(encoding: OtlpEncoding, message: string): string | Uint8Array {
  const text = cutText(message, MAX_MESSAGE);
  if (encoding === 'json') return JSON.stringify({ message: text });
  return protobuf.Writer.create().uint32(0x12).string(text).finish();
}
