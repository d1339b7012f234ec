import { chmod, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { env } from '../env.server';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `ERRATA_DATA_DIR`, else `.errata` in the checkout. Absolute. */
export const dataDir = (): string => resolve(env().ERRATA_DATA_DIR ?? join(ROOT, '.errata'));

/**
 * Makes the data folder. What is secret in it has modes of its own; the folder itself must let PostgreSQL's user pass,
 * whatever the umask.
 * @throws Error naming the folder when it cannot be made.
 */
export async function ensureDataDir(): Promise<string> {
  const folder = dataDir();
  try {
    if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The data folder ${folder} cannot be made (${reason}). Set ERRATA_DATA_DIR to one that can.`, {
      cause,
    });
  }
  return folder;
}
