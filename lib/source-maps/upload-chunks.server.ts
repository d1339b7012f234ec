import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { assertCan, type Viewer } from '../auth/viewer';
import { AppError } from '../errors';
import { writeWhole } from '../write-whole.server';
import { SOURCE_MAP_LIMITS } from './limits';
import { sourceMapsFolder } from './maps-folder.server';

const unpack = promisify(gunzip);
const CHECKSUM = /^[0-9a-f]{40}$/;

export const chunksFolder = (): string => join(sourceMapsFolder(), 'chunks');
const pathOf = (checksum: string): string => join(chunksFolder(), checksum);

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** Keeps parts of an upload, each named by its SHA-1. @throws AppError `bad_request` for one that is not what it says. */
export async function keepChunks({ viewer, form }: { viewer: Viewer; form: FormData }): Promise<void> {
  assertCan(viewer, 'write');
  for (const [field, file] of form) {
    if (typeof file === 'string' || (field !== 'file' && field !== 'file_gzip')) continue;
    const sent = new Uint8Array(await file.arrayBuffer());
    const bytes =
      field === 'file'
        ? sent
        : await unpack(sent, { maxOutputLength: SOURCE_MAP_LIMITS.chunk }).catch((cause: unknown) => {
            throw new AppError('bad_request', `The part ${file.name.slice(0, 80)} cannot be unpacked.`, { cause });
          });
    if (bytes.length > SOURCE_MAP_LIMITS.chunk)
      throw new AppError('payload_too_large', `A part is larger than ${SOURCE_MAP_LIMITS.chunk} bytes.`);
    const checksum = sha1(bytes);
    if (checksum !== file.name)
      throw new AppError('bad_request', `The part ${file.name.slice(0, 80)} has the checksum ${checksum}.`);
    await writeWhole(pathOf(checksum), bytes);
  }
}

/** Those of the parts that are not here. */
export async function missingChunks(checksums: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const checksum of checksums) {
    const there = CHECKSUM.test(checksum) && (await stat(pathOf(checksum)).catch(() => null));
    if (!there) missing.push(checksum);
  }
  return missing;
}

/** Puts parts together. @throws AppError `payload_too_large`, `bad_request` when the whole is not what it should be. */
export async function joinChunks(checksum: string, chunks: readonly string[]): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks) {
    const part = await readFile(pathOf(chunk));
    size += part.length;
    if (size > SOURCE_MAP_LIMITS.archive)
      throw new AppError('payload_too_large', `The upload is larger than ${SOURCE_MAP_LIMITS.archive} bytes.`);
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  if (sha1(whole) !== checksum) throw new AppError('bad_request', 'The parts do not make what the checksum says.');
  return whole;
}

export async function dropChunks(chunks: readonly string[]): Promise<void> {
  for (const chunk of new Set(chunks)) await rm(pathOf(chunk), { force: true });
}
