import { strToU8, type Zippable, zipSync } from 'fflate';
import type { GuideFile } from './entry-file';

/** A zip archive of these files and pictures; the same files give the same bytes. */
export function guideArchive(
  files: readonly GuideFile[],
  pictures: readonly { path: string; bytes: Uint8Array }[] = [],
): Uint8Array<ArrayBuffer> {
  const tree: Zippable = Object.fromEntries([
    ...files.map(({ path, text }) => [path, strToU8(text)] as const),
    // Pictures are compressed already.
    ...pictures.map(({ path, bytes }) => [path, [bytes, { level: 0 }]] as const),
  ]);
  // A zip knows times without a zone, so any real one would depend on the machine.
  return zipSync(tree, { mtime: new Date(1980, 0, 1), level: 6 }) as Uint8Array<ArrayBuffer>;
}
