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
const PIECES = { chunkSize: 128 * 1024 };

/** How much may come out of a body. */
export interface Room {
  /** Bytes of the whole. */
  most: number;
  /** Asks for so many more bytes, of which all requests together may only have so many; less than 0 gives some back. @throws when there are none. */
  take(bytes: number): void;
}

/** Bytes that may have come out once `read` have gone in, `most` at all events. */
const allowance = (read: number, most: number): number => Math.min(most, Math.max(FREE_BYTES, read * MAX_RATIO));

interface Codec {
  sync(data: Buffer, options: { maxOutputLength: number }): Buffer;
  stream(): Transform & { readonly bytesWritten: number };
}

const GZIP: Codec = { sync: gunzipSync, stream: () => createGunzip(PIECES) };
const BROTLI: Codec = { sync: brotliDecompressSync, stream: () => createBrotliDecompress(PIECES) };
const ZLIB: Codec = { sync: inflateSync, stream: () => createInflate(PIECES) };
const RAW: Codec = { sync: inflateRawSync, stream: () => createInflateRaw(PIECES) };

/** Some clients call raw deflate by the name that means deflate in a zlib wrapper. */
const isWrapped = (data: Buffer): boolean =>
  ((data[0] ?? 0) & 0x0f) === 8 && (((data[0] ?? 0) << 8) | (data[1] ?? 0)) % 31 === 0;

function expandSmall(codec: Codec, data: Buffer, room: Room): Buffer {
  try {
    const out = codec.sync(data, { maxOutputLength: allowance(data.length, room.most) });
    room.take(out.length);
    return out;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge();
    throw error;
  }
}

/** Stops as soon as more has come out than may for what went in, so that a bomb costs no more than `FREE_BYTES`. */
async function expandLarge(codec: Codec, data: Buffer, room: Room): Promise<Buffer> {
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
    if (size > allowance(stream.bytesWritten, room.most)) throw new TooLarge();
    room.take(chunk.length);
  }
  return join(chunks, size, room);
}

/** For a moment the pieces and the whole are there. */
function join(chunks: Uint8Array[], size: number, room: Room): Buffer {
  room.take(size);
  const whole = Buffer.concat(chunks, size);
  room.take(-size);
  return whole;
}

/** Bytes that only look like a stream often decode to nothing at all, with the rest ignored. */
async function expand(codec: Codec, data: Buffer, room: Room): Promise<Buffer> {
  const out = data.length <= SMALL ? expandSmall(codec, data, room) : await expandLarge(codec, data, room);
  if (out.length === 0) throw new Error('nothing came out');
  return out;
}

/** Node 20 has no Zstandard of its own. What a frame claims to need is checked before the decoder reserves it. */
async function expandZstd(data: Buffer, room: Room): Promise<Buffer> {
  const frames = zstdFrames(data);
  if (!frames || frames.length === 0) throw new Error('no whole Zstandard frame');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const { start, end, window, most } of frames) {
    if (window > ZSTD_WINDOW && window > most) throw new TooLarge();
    if (window > room.most) throw new TooLarge();
    let read = start;
    const decoder = new Decompress((chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > allowance(read, room.most)) throw new TooLarge();
      room.take(chunk.length);
    });
    for (; read < end; read += STEP) {
      const step = data.subarray(read, Math.min(read + STEP, end));
      decoder.push(new Uint8Array(step), read + STEP >= end);
      // Decoding runs on the event loop; others get their turn in between.
      if (end - start > STEP) await new Promise((go) => setImmediate(go));
    }
  }
  return join(chunks, size, room);
}

/** @throws TooLarge beyond its room; whatever that throws; whatever the codec says of a corrupt body. */
export type Decoder = (data: Buffer, room: Room) => Promise<Buffer>;

/** By the names of `Content-Encoding`; null for no encoding at all. */
export const DECODERS: Record<string, Decoder | null> = {
  '': null,
  identity: null,
  gzip: (data, room) => expand(GZIP, data, room),
  'x-gzip': (data, room) => expand(GZIP, data, room),
  deflate: (data, room) => expand(isWrapped(data) ? ZLIB : RAW, data, room),
  br: (data, room) => expand(BROTLI, data, room),
  zstd: expandZstd,
};
