import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What signs sessions when `ERRATA_SECRET` is not set: made once and kept in the data folder, so that people stay signed
 * in over a restart. Only the owner may read it.
 */
export async function ensureSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (kept.length >= 32) return kept;
  const made = randomBytes(32).toString('base64url');
  await writeFile(path, `${made}\n`, { mode: 0o600 });
  return made;
}
