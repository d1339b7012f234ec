import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { ByteBudget, Slots } from './admission-bytes';
import { DECODERS, TooLarge } from './decompress.server';
import { LIMITS } from './limits';

const MEGABYTE = 1024 * 1024;
const RETRY_AFTER_S = 2;

/** Bodies of the requests that are not answered yet, as they came and expanded. */
const bodies = new ByteBudget(96 * MEGABYTE);
/** More at once would only share the processor, and hold more memory. */
const expanding = new Slots(2);

/** Forgets the body of a request, once it is answered. */
export const releaseBody = (request: IncomingMessage): void => bodies.release(request);

const busy = (): AppError =>
  new AppError('unavailable', 'Too much is being received at once; come back in a moment.', {
    retryAfter: RETRY_AFTER_S,
  });
const tooLarge = (limit: number, what: string): AppError =>
  new AppError('payload_too_large', `The body is larger than ${limit / MEGABYTE} MB${what}.`, {
    errors: [{ field: 'body', message: `larger than ${limit / MEGABYTE} MB${what}` }],
  });

/** Reads what the client sends, up to 20 MB (64 MB without a content encoding). Null when it went away meanwhile. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      const fits = size <= limit;
      if (fits && bodies.grow(request, chunk.length)) {
        chunks.push(chunk);
        return;
      }
      // Stops reading; the answer closes the connection.
      request.pause();
      request.removeAllListeners('data');
      reject(fits ? busy() : tooLarge(limit, ''));
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)));
    request.on('error', () => resolve(null));
    request.on('close', () => resolve(null));
  });
}

/**
 * Undoes a content encoding. What a body claims about its size is not trusted: expanding stops at `most` bytes, much sooner
 * for one that grows suspiciously, and when the bodies of all requests together are too much.
 * @throws AppError 413 too large, 400 corrupt, 503 no room at the moment.
 */
export async function decompress(
  encoding: string,
  data: Buffer,
  request: IncomingMessage,
  most: number = LIMITS.expandedBody,
): Promise<Buffer> {
  const decode = DECODERS[encoding];
  if (!decode) return data;
  const take = (bytes: number): void => {
    if (!bodies.grow(request, bytes)) throw busy();
  };
  try {
    return await expanding.run(() => decode(data, { most, take }));
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof TooLarge) throw tooLarge(most, ' or 100 times its size, once decompressed');
    throw new AppError('bad_request', `The body is not valid ${encoding}.`, { cause: error });
  }
}

/**
 * The body of a capture request, decompressed, of `most` bytes at most. Null when the client went away.
 * @throws AppError 413 too large, 415 unknown encoding, 400 corrupt, 503 when bodies fill the memory set aside for them.
 */
export async function readCaptureBody(
  request: IncomingMessage,
  most: number = LIMITS.expandedBody,
): Promise<Buffer | null> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (!Object.hasOwn(DECODERS, encoding)) {
    throw new AppError(
      'unsupported_media_type',
      `The content encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate, br, zstd or none.`,
    );
  }
  const limit = DECODERS[encoding] ? Math.min(LIMITS.compressedBody, most) : most;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit, '');
  const bytes = await readBytes(request, limit);
  if (!bytes || !DECODERS[encoding]) return bytes;
  return decompress(encoding, bytes, request, most);
}
