import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { SOURCE_MAP_LIMITS } from './limits';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const pathOf = (folder: string, checksum: string): string => join(folder, checksum.slice(0, 2), checksum);

/** Keeps bytes under a path: whole or not at all, and once. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

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
