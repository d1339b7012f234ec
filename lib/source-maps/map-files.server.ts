import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeWhole } from '../write-whole.server';
import { SOURCE_MAP_LIMITS } from './limits';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const pathOf = (folder: string, checksum: string): string => join(folder, checksum.slice(0, 2), checksum);

/** Keeps a map. @returns its name: SHA-256 of the bytes, hex. */
export async function writeMap(folder: string, bytes: Uint8Array): Promise<string> {
  const checksum = createHash('sha256').update(bytes).digest('hex');
  const path = pathOf(folder, checksum);
  if (!(await stat(path).catch(() => null))) await writeWhole(path, await pack(bytes));
  return checksum;
}

/** The text of a map. @throws when it is gone. */
export async function readMap(folder: string, checksum: string): Promise<string> {
  const bytes = await unpack(await readFile(pathOf(folder, checksum)), { maxOutputLength: SOURCE_MAP_LIMITS.map });
  return bytes.toString('utf8');
}

export const removeMap = (folder: string, checksum: string): Promise<void> =>
  rm(pathOf(folder, checksum), { force: true });
