import type { Transform } from 'node:stream';
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import { Decompress } from 'fzstd';
import { LIMITS } from './limits';
import { zstdFrames } from './zstd-frames';

/** Expands beyond what a body of its size may. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

const MEGABYTE = 1024 * 1024;
/** Below this an unusual ratio is nothing to worry about. */
const FREE_BYTES = 8 * MEGABYTE;
const MAX_RATIO = 100;
/** RFC 8878 asks decoders for as much, and encoders to stay within. */
const ZSTD_WINDOW = 8 * MEGABYTE;
/** Below this the detour over a thread costs more than the work. */
const SMALL = 32 * 1024;
const STEP = 64 * 1024;

/** Bytes that may have come out once `read` have gone in. */
const allowance = (read: number): number => Math.min(LIMITS.expandedBody, Math.max(FREE_BYTES, read * MAX_RATIO));

interface Codec {
  sync(data: Buffer, options: { maxOutputLength: number }): Buffer;
  stream(): Transform & { readonly bytesWritten: number };
}

const GZIP: Codec = { sync: gunzipSync, stream: () => createGunzip() };
const BROTLI: Codec = { sync: brotliDecompressSync, stream: () => createBrotliDecompress() };
const ZLIB: Codec = { sync: inflateSync, stream: () => createInflate() };
const RAW: Codec = { sync: inflateRawSync, stream: () => createInflateRaw() };

/** Some clients call raw deflate by the name that means deflate in a zlib wrapper. */
const isWrapped = (data: Buffer): boolean =>
  ((data[0] ?? 0) & 0x0f) === 8 && (((data[0] ?? 0) << 8) | (data[1] ?? 0)) % 31 === 0;

function expandSmall(codec: Codec, data: Buffer): Buffer {
  try {
    return codec.sync(data, { maxOutputLength: allowance(data.length) });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge();
    throw error;
  }
}

/** Stops as soon as more has come out than may for what went in, so that a bomb costs no more than `FREE_BYTES`. */
async function expandLarge(codec: Codec, data: Buffer): Promise<Buffer> {
  const stream = codec.stream();
  const feed = async (): Promise<void> => {
    for (let at = 0; at < data.length && !stream.destroyed; at += STEP) {
      if (!stream.write(data.subarray(at, at + STEP))) {
        await new Promise<void>((go) => {
          stream.once('drain', go).once('close', go);
        });
      }
    }
    if (!stream.destroyed) stream.end();
  };
  void feed();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > allowance(stream.bytesWritten)) throw new TooLarge();
  }
  return Buffer.concat(chunks, size);
}

/** Bytes that only look like a stream often decode to nothing at all, with the rest ignored. */
async function expand(codec: Codec, data: Buffer): Promise<Buffer> {
  const out = data.length <= SMALL ? expandSmall(codec, data) : await expandLarge(codec, data);
  if (out.length === 0) throw new Error('nothing came out');
  return out;
}

/** Node 20 has no Zstandard of its own. What a frame claims to need is checked before the decoder reserves it. */
async function expandZstd(data: Buffer): Promise<Buffer> {
  const frames = zstdFrames(data);
  if (!frames || frames.length === 0) throw new Error('no whole Zstandard frame');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const { start, end, window, most } of frames) {
    if (window > ZSTD_WINDOW && window > most) throw new TooLarge();
    if (window > LIMITS.expandedBody) throw new TooLarge();
    let read = start;
    const decoder = new Decompress((chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > allowance(read)) throw new TooLarge();
    });
    for (; read < end; read += STEP) {
      const step = data.subarray(read, Math.min(read + STEP, end));
      decoder.push(new Uint8Array(step), read + STEP >= end);
      // Decoding runs on the event loop; others get their turn in between.
      if (end - start > STEP) await new Promise((go) => setImmediate(go));
    }
  }
  return Buffer.concat(chunks, size);
}

/** By the names of `Content-Encoding`; null for no encoding at all. */
export const DECODERS: Record<string, ((data: Buffer) => Promise<Buffer>) | null> = {
  '': null,
  identity: null,
  gzip: (data) => expand(GZIP, data),
  'x-gzip': (data) => expand(GZIP, data),
  deflate: (data) => expand(isWrapped(data) ? ZLIB : RAW, data),
  br: (data) => expand(BROTLI, data),
  zstd: expandZstd,
};
