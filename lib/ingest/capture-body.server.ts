import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { DECODERS, TooLarge } from './decompress.server';
import { LIMITS } from './limits';

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
 * Undoes a content encoding. What a body claims about its size is not trusted: expanding stops at 100 MB, and much sooner
 * for one that grows suspiciously. @throws AppError 413 too large, 400 corrupt.
 */
export async function decompress(encoding: string, data: Buffer): Promise<Buffer> {
  const decode = DECODERS[encoding];
  if (!decode) return data;
  try {
    return await decode(data);
  } catch (error) {
    if (error instanceof TooLarge) throw tooLarge(LIMITS.expandedBody, ' or 100 times its size, once decompressed');
    throw new AppError('bad_request', `The body is not valid ${encoding}.`, { cause: error });
  }
}

/**
 * The body of a capture request, decompressed. Null when the client went away.
 * @throws AppError 413 too large, 415 unknown encoding, 400 corrupt.
 */
export async function readCaptureBody(request: IncomingMessage): Promise<Buffer | null> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (!Object.hasOwn(DECODERS, encoding)) {
    throw new AppError(
      'unsupported_media_type',
      `The content encoding ${encoding.slice(0, 40)} is not known; use gzip, deflate, br, zstd or none.`,
    );
  }
  const limit = DECODERS[encoding] ? LIMITS.compressedBody : LIMITS.expandedBody;
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit, '');
  const bytes = await readBytes(request, limit);
  return bytes && decompress(encoding, bytes);
}
