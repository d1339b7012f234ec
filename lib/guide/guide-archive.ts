import { strToU8, zipSync } from 'fflate';
import type { GuideFile } from './entry-file';

/** A zip archive of these files; the same files give the same bytes. */
export function guideArchive(files: readonly GuideFile[]): Uint8Array<ArrayBuffer> {
  const tree = Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)]));
  // A zip knows times without a zone, so any real one would depend on the machine.
  return zipSync(tree, { mtime: new Date(1980, 0, 1), level: 6 }) as Uint8Array<ArrayBuffer>;
}
