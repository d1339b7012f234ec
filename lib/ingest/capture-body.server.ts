import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { AppError } from '../errors';
import { LIMITS } from './limits';

type Decompress = (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzip: Decompress = promisify(gunzip);
const unbrotli: Decompress = promisify(brotliDecompress);
const unwrapped: Decompress = promisify(inflateRaw);
const zlibWrapped: Decompress = promisify(inflate);

/** Some clients call raw deflate by the name that means deflate in a zlib wrapper. */
const undeflate: Decompress = (data, options) =>
  ((data[0] ?? 0) & 0x0f) === 8 && (((data[0] ?? 0) << 8) | (data[1] ?? 0)) % 31 === 0
    ? zlibWrapped(data, options)
    : unwrapped(data, options);

const ENCODINGS: Record<string, Decompress | null> = {
  '': null,
  identity: null,
  gzip: unzip,
  'x-gzip': unzip,
  deflate: undeflate,
  br: unbrotli,
};

const MEGABYTE = 1024 * 1024;
const tooLarge = (limit: number, what: string): AppError =>
  new AppError('payload_too_large', `The body is larger than ${limit / MEGABYTE} MB${what}.`, {
    errors: [{ field: 'body', message: `larger than ${limit / MEGABYTE} MB${what}` }],
  });

/** Reads what the client sends, up to 20 MB (100 MB without a content encoding). Null when it went away meanwhile. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      // Stops reading; the answer closes the connection.
      request.pause();
      request.removeAllListeners('data');
      reject(tooLarge(limit, ''));
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)));
    request.on('error', () => resolve(null));
    request.on('close', () => resolve(null));
  });
}

/**
 * The body of a capture request, decompressed. What it claims about its size is not trusted: inflating stops at 100 MB.
 * Null when the client went away. @throws AppError 413 too large, 415 unknown encoding, 400 corrupt.
 */
export async function readCaptureBody(request: IncomingMessage): Promise<Buffer | null> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  const decompress = Object.hasOwn(ENCODINGS, encoding) ? ENCODINGS[encoding] : undefined;
  if (decompress === undefined) {
    throw new AppError(
      'unsupported_media_type',
      `The content encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate, br or none.`,
    );
  }
  const limit = decompress ? LIMITS.compressedBody : LIMITS.expandedBody;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit, '');
  const bytes = await readBytes(request, limit);
  if (!bytes || !decompress) return bytes;
  try {
    return await decompress(bytes, { maxOutputLength: LIMITS.expandedBody });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(LIMITS.expandedBody, ' once decompressed');
    }
    throw new AppError('bad_request', `The body is not valid ${encoding}.`, { cause: error });
  }
}
