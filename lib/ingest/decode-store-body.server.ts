import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { decompress } from './capture-body.server';

const OPENS = new Set([0x7b, 0x5b]);

const firstByte = (bytes: Buffer): number => bytes[bytes.findIndex((byte) => byte > 32)] ?? 0;

/**
 * The JSON of a body sent to `/store`. Clients before 2018 send base64, of JSON or of its zlib stream.
 * @throws AppError `bad_request` when it is none of these.
 */
export async function decodeStoreBody(body: Buffer, request: IncomingMessage): Promise<Buffer> {
  const first = firstByte(body);
  // A byte order mark leads to JSON as well.
  if (OPENS.has(first) || first === 0xef) return body;
  const text = body.toString('latin1').trim();
  if (text === '') throw new AppError('bad_request', 'The body is empty.');
  if (!/^[\w+/=\s-]+$/.test(text.slice(0, 1000))) throw new AppError('bad_request', 'The body is no JSON object.');
  const bytes = Buffer.from(text, 'base64');
  if (OPENS.has(firstByte(bytes))) return bytes;
  const json = await decompress('deflate', bytes, request);
  if (OPENS.has(firstByte(json))) return json;
  throw new AppError('bad_request', 'The body is no JSON object.');
}
